import { defineConfig } from 'vitest/config';

// `go run ./build bench`: figures, not tests.
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../../node_modules/.vite-e2e',
  test: {
    include: ['*.bench.ts'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 900_000,
  },
});

import { defineConfig } from 'vitest/config';

// `go run ./build screenshots`: pictures, not a test.
export default defineConfig({
  root: import.meta.dirname,
  cacheDir: '../node_modules/.vite-e2e',
  test: { include: ['screenshots.ts'], testTimeout: 180_000, hookTimeout: 120_000 },
});

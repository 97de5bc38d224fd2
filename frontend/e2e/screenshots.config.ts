import { defineConfig } from 'vitest/config';

// `go run ./build screenshots`: pictures, not a test.
export default defineConfig({
  root: import.meta.dirname,
  test: { include: ['screenshots.ts'], testTimeout: 180_000, hookTimeout: 120_000 },
});

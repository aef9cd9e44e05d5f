import { defineConfig } from 'vitest/config';

// No test is a measurement: the limit is for what hangs, however busy the machine.
const testTimeout = 60_000;

export default defineConfig({
  test: {
    // One worker for each core: by itself the runner leaves one core idle, which of two is half of them.
    maxWorkers: '100%',
    include: ['test/**/*.test.ts'],
    exclude: ['test/conformance/**', 'node_modules/**'],
    testTimeout,
    hookTimeout: testTimeout,
    env: { TZ: 'UTC' },
  },
});

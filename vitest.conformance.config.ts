import { defineConfig } from 'vitest/config';

/** The suites that read the reference material beside a checkout; CI runs them when that folder is there. */
export default defineConfig({
  test: {
    include: ['test/conformance/**/*.test.ts'],
    maxWorkers: '100%',
    testTimeout: 600_000,
    env: { TZ: 'UTC' },
  },
});

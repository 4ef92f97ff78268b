/** Tests are TypeScript, compiled by swc one file at a time; types are checked by `npm run check`. */
const transform = {
  '^.+\\.(ts|mjs|js)$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
  ],
};

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform,
  // Packages that ship only ES modules.
  transformIgnorePatterns: ['/node_modules/(?!(jose|temporal-polyfill|temporal-utils)/)'],
  globalSetup: '<rootDir>/test/global-setup.ts',
  globalTeardown: '<rootDir>/test/global-teardown.ts',
  // The first looks at what tests store for secrets in clear, the second moves the clock where CLOCK_SHIFT_MS says so: test/faults/elsewhere.faults.ts.
  setupFiles: ['<rootDir>/test/canary/watch-tests.ts', '<rootDir>/test/shifted-clock.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
};

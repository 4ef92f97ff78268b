/** The long tests, which `npm run test:faults` runs. */
import config from '../../jest.config.js';

// biome-ignore lint/style/noDefaultExport: jest takes the default export
export default {
  ...config,
  rootDir: '../..',
  testMatch: ['**/*.faults.ts'],
  testTimeout: 600_000,
};

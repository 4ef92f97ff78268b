/** The contracts between ours and others', which `npm run test:keyvault` runs. */
import config from '../../jest.config.js';

// biome-ignore lint/style/noDefaultExport: jest takes the default export
export default {
  ...config,
  rootDir: '../..',
  testMatch: ['**/*.contract.ts'],
};

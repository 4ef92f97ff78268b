/** The command `npm run check:bicep`. */
import { checkBicep } from './check-bicep.ts';

process.exitCode = (await checkBicep()) ? 0 : 1;

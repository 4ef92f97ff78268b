/** The catalogue: whether it can be read, and is one. */
import { type Catalogue, InvalidCatalogueError } from '../../../shared/events/catalogue.ts';
import { ConnectorError } from '../../../shared/platform/errors.ts';
import { type Finding, ill, type Mend, notLookedAt, well } from './finding.ts';
import { APP, type Place } from './place.ts';

const DEMONSTRATION = 'dist/catalogue.json';

/** Reads a catalogue from a path or an address. @throws ConnectorError for what cannot be read, or is none. */
export type ReadCatalogue = (source: string) => Promise<Catalogue>;

/** Reads it as the app does. */
export async function checkCatalogue(
  readCatalogue: ReadCatalogue,
  source: string | undefined,
  place: Place,
): Promise<Finding> {
  if (source === undefined) return notLookedAt('catalogue', 'CATALOGUE is not set');
  try {
    const { topics } = await readCatalogue(source);
    return well('catalogue', `${topics.length} topics`);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return ill('catalogue', error.message, mend(source, error, place));
  }
}

function mend(source: string, error: ConnectorError, place: Place): Mend {
  if (source === DEMONSTRATION && !(error instanceof InvalidCatalogueError))
    return { why: 'The build makes it:', run: ['npm run build'] };
  const value = `CATALOGUE=${DEMONSTRATION}`;
  return {
    why: 'Mend it where it is (docs/for-products.md says how it is written). Until then, the demonstration’s lets the app start:',
    run: [
      place.source === 'environment'
        ? `export ${value}`
        : `az functionapp config appsettings set ${APP} --settings ${value}`,
    ],
  };
}

/** The app at its address: whether it answers, and with a function key what it reaches itself. */
import { z } from 'zod';
import { failing, healthSchema } from '../../../shared/platform/health.ts';
import { type Finding, ill, type Mend, notLookedAt, well } from './finding.ts';
import { APP, type Place } from './place.ts';

const PATIENCE_MS = 20_000; // a cold start
const answerSchema = z.object({ checks: healthSchema.shape.checks });

/** How it is asked: `key` is a function key, if there is one. */
export interface AppCheck {
  readonly place: Place;
  readonly key: string | undefined;
  readonly request: typeof fetch;
}

/** Asks `GET /api/health`: without a key, 401 says that the app is there. */
export async function checkApp({ place, key, request }: AppCheck): Promise<Finding> {
  const { publicUrl } = place;
  if (publicUrl === undefined || !URL.canParse(publicUrl)) return notLookedAt('app', 'PUBLIC_URL is not set');
  const headers = key === undefined ? {} : { 'x-functions-key': key };
  let answer: Response;
  try {
    answer = await request(`${publicUrl.replace(/\/+$/, '')}/api/health`, {
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return ill('app', `nothing answers at ${publicUrl}`, mendSilence(place));
  }
  if (answer.status === 200) return well('app', 'it is well, and reaches all that it relies on');
  if (answer.status === 401 && key === undefined)
    return well('app', `it answers at ${publicUrl}; with TIDINGS_KEY set, it says what it reaches itself`);
  if (answer.status === 401) return ill('app', 'it does not take the key in TIDINGS_KEY', mendKey(place));
  if (answer.status === 503) return unwell(await answer.text(), place);
  return ill('app', `${publicUrl} answers ${answer.status}: that is not this app, or an earlier one`, deploy(place));
}

function unwell(text: string, place: Place): Finding {
  const checks = parse(text);
  if (checks === undefined) return ill('app', 'it answers 503: it does not start', restart(place));
  const said = failing({ checks }).map((name) => `${name}: ${checks[name]?.fault ?? ''}`);
  return ill('app', `it does not reach what it relies on: ${said.join('; ')}`, mendApp(said.join(' '), place));
}

/** Its roles are infra/azure's to give; what else is away for the app is away for you too, or for its settings to say. */
function mendApp(said: string, place: Place): Mend {
  if (place.is === 'azure' && /\b40[13]\b/.test(said))
    return { why: 'Its identity lacks a role. infra/azure gives it all that it needs:', run: ['azd provision'] };
  return {
    ...restart(place),
    why: 'What you reach and it does not, it reaches when started anew with these settings:',
  };
}

function mendSilence(place: Place): Mend {
  return place.is === 'local'
    ? { why: 'Is the local system running? In another terminal:', run: ['npm start'] }
    : { why: 'Is the address right, and the app started?', run: [`az functionapp start ${APP}`] };
}

function restart(place: Place): Mend {
  return place.is === 'local'
    ? { why: 'Stop it, and in its terminal:', run: ['npm start'] }
    : {
        why: 'The first line of its log lists every fault in the settings. Then:',
        run: [`az functionapp restart ${APP}`],
      };
}

function deploy(place: Place): Mend {
  return place.is === 'local' ? restart(place) : { why: 'Deploy this one:', run: ['azd deploy'] };
}

function mendKey(place: Place): Mend {
  return {
    why: 'Take the one that it has:',
    run: [
      place.is === 'local'
        ? `export TIDINGS_KEY="$(node -p 'JSON.parse(fs.readFileSync(".local/function-keys.json")).host')"`
        : `export TIDINGS_KEY="$(az functionapp keys list ${APP} --query functionKeys.default --output tsv)"`,
    ],
  };
}

function parse(text: string) {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data?.checks;
  } catch {
    return undefined;
  }
}

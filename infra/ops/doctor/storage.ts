/** Storage: whether it answers, what it lets the caller do, and whether every queue and table is there. */
import { randomUUID } from 'node:crypto';
import { type Probed, probe, probeQueue, probeTable } from '../../../shared/platform/probe-storage.ts';
import { POISON_QUEUES, QUEUES, type Storage, TABLES } from '../../../shared/platform/storage-client.ts';
import { type Finding, ill, type Mend, notLookedAt, well } from './finding.ts';
import { letIn, roleOn, signIn, start, useIdentity } from './mends.ts';
import type { Place } from './place.ts';

type Kind = 'tables' | 'queues';
type Refused = Extract<Probed, { is: 'refused' }>;

const ROLE = { tables: 'Storage Table Data Contributor', queues: 'Storage Queue Data Contributor' } as const;
const PATIENCE_MS = 10_000;

/** Looks at all of it; what cannot be known since storage does not answer is said to be so. */
export async function checkStorage(storage: Storage, place: Place): Promise<Finding[]> {
  const [tables, queues] = await Promise.all([probeAll(storage, 'tables'), probeAll(storage, 'queues')]);
  const [ofTables, ofQueues] = [silenceIn(tables), silenceIn(queues)];
  if (ofTables !== undefined && ofQueues !== undefined)
    return [
      doesNotAnswer('storage', ofTables, place),
      ...(['roles', 'tables', 'queues'] as const).map((check) => notLookedAt(check, 'storage does not answer')),
    ];
  return [...judge('tables', tables, place), ...judge('queues', queues, place)];
}

type Seen = readonly (readonly [name: string, probed: Probed])[];

/** Reads first, then a write that finds nothing to change: a role that only reads shows there. */
async function probeAll(storage: Storage, kind: Kind): Promise<Seen> {
  const names = kind === 'tables' ? TABLES : [...QUEUES, ...POISON_QUEUES];
  return Promise.all(
    names.map(async (name) => {
      const signal = () => AbortSignal.timeout(PATIENCE_MS);
      const read =
        kind === 'tables'
          ? await probeTable(storage.table(name as (typeof TABLES)[number]), signal())
          : await probeQueue(storage.queue(name as (typeof QUEUES)[number]), signal());
      if (read.is !== 'there') return [name, read] as const;
      return [
        name,
        await (kind === 'tables' ? writeTable(storage, name, signal()) : writeQueue(storage, name, signal())),
      ] as const;
    }),
  );
}

function writeTable(storage: Storage, name: string, abortSignal: AbortSignal): Promise<Probed> {
  const table = storage.table(name as (typeof TABLES)[number]);
  return probe(() => table.deleteEntity('probe', 'probe', { abortSignal }), ['ResourceNotFound', 'EntityNotFound']);
}

function writeQueue(storage: Storage, name: string, abortSignal: AbortSignal): Promise<Probed> {
  const queue = storage.queue(name as (typeof QUEUES)[number]);
  const noReceipt = Buffer.alloc(24).toString('base64');
  return probe(
    () => queue.updateMessage(randomUUID(), noReceipt, '', 0, { abortSignal }),
    ['MessageNotFound', 'PopReceiptMismatch'],
  );
}

function judge(kind: Kind, seen: Seen, place: Place): Finding[] {
  const silence = silenceIn(seen);
  if (silence !== undefined)
    return [
      doesNotAnswer(kind, silence, place),
      notLookedAt('roles', `${kind} do not answer`),
      notLookedAt(kind, 'they do not answer'),
    ];
  const refused = seen.find((one): one is readonly [string, Refused] => one[1].is === 'refused');
  if (refused !== undefined)
    return [mendRefusal(kind, refused, place), notLookedAt(kind, 'storage does not let you look')];
  const missing = seen.flatMap(([name, probed]) => (probed.is === 'missing' ? [name] : []));
  return [
    well('reachability', `storage: the ${kind} of ${place.account} answer`),
    well('roles', `you may read and write ${kind}`),
    missing.length === 0
      ? well(kind, `all ${seen.length} are there`)
      : ill(kind, `${missing.join(', ')}: not there`, mendMissing(kind, missing, place)),
  ];
}

function silenceIn(seen: Seen): string | undefined {
  return seen.flatMap(([, probed]) => (probed.is === 'silent' ? [probed.reason] : []))[0];
}

function doesNotAnswer(what: Kind | 'storage', reason: string, place: Place): Finding {
  const whose = what === 'storage' ? `storage ${place.account}` : `storage: the ${what} of ${place.account}`;
  if (/Credential|Authentication/.test(reason))
    return ill('roles', `nobody is signed in to Azure (${reason})`, signIn());
  return ill(
    'reachability',
    `${whose} cannot be reached (${reason})`,
    start(place, 'AzureWebJobsStorage__accountName'),
  );
}

/** What a 403 or 401 means: https://learn.microsoft.com/rest/api/storageservices/common-rest-api-error-codes */
function mendRefusal(kind: Kind, [name, { status, code }]: readonly [string, Refused], place: Place): Finding {
  const said = `storage refuses you at ${name} (${status} ${code})`;
  switch (code) {
    case 'AuthorizationFailure':
      return ill('reachability', `${said}: its network does not let you in`, letIn('storage', place));
    case 'KeyBasedAuthenticationNotPermitted':
      return ill('settings', `AzureWebJobsStorage: ${said}: the account takes no keys`, useIdentity(place));
    case 'AuthenticationFailed':
    case 'InvalidAuthenticationInfo':
    case 'NoAuthenticationInformation':
      return ill('roles', `${said}: it does not know who you are`, place.byKey ? useIdentity(place) : signIn());
    default:
      return ill('roles', `${said}: you lack the role "${ROLE[kind]}"`, roleOn('storage', ROLE[kind], place));
  }
}

function mendMissing(kind: Kind, names: readonly string[], { account, byKey, is }: Place): Mend {
  const which = byKey ? '--connection-string "$AzureWebJobsStorage"' : `--account-name ${account} --auth-mode login`;
  const noun = kind === 'tables' ? 'table' : 'queue';
  return {
    why: is === 'local' ? 'npm start makes them when it starts. Or:' : 'azd provision makes them all. Or:',
    run: names.map((name) => `az storage ${noun} create --name ${name} ${which}`),
  };
}

/** This machine's clock against that of storage, and the app's where it can be asked. */
import { type Finding, ill, notLookedAt, well } from './finding.ts';

/** Clocks may differ by 60 s: protocol rule 7. */
const MOST_MS = 60_000;

/** A clock read from elsewhere: `saidMs` by whom it was asked, between two instants of this machine. */
export interface OtherClock {
  readonly saidMs: number;
  readonly before: number;
  readonly after: number;
}

/** Compares. A `Date` header has whole seconds. */
export function checkClock(storage: OtherClock | undefined): Finding {
  if (storage === undefined) return notLookedAt('clock', 'storage does not answer');
  const { saidMs, before, after } = storage;
  const off = before > saidMs + 1_000 ? before - saidMs - 1_000 : after < saidMs ? after - saidMs : 0;
  const seconds = Math.round(Math.abs(off) / 1000);
  if (Math.abs(off) <= MOST_MS) return well('clock', `${seconds} s from storage's`);
  return ill('clock', `this machine is ${seconds} s ${off > 0 ? 'ahead of' : 'behind'} storage; 60 s are allowed`, {
    why: 'Let it be set from the network:',
    run: ['sudo timedatectl set-ntp true'],
  });
}

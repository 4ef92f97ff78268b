/** One run, from its start to its judgement. */
import { createChances } from '../faults/random.ts';
import { goWrong } from './chaos.ts';
import { drain } from './drain.ts';
import { growthFaults, leftoverFaults } from './growth.ts';
import { judge } from './judge.ts';
import { readPosts } from './posts.ts';
import { produce } from './produce.ts';
import { readStored } from './stored.ts';
import { startSoakSystem } from './system.ts';
import { createWireLog } from './wire-log.ts';
import { startWorker, type Usage } from './worker.ts';

const SAMPLE_MS = 2_000;

/** The last line. */
export interface SoakResult {
  readonly lost: number;
  readonly repeated: number;
  readonly kills: number;
  readonly uncertain: number;
  readonly lostAnswers: number;
  readonly windowViolations: number;
  readonly events: number;
  readonly digests: number;
}

/** Runs it; `faults` are what did not hold, as sentences. */
export async function runSoak(
  minutes: number,
  seed: number,
  tell: (line: string) => void,
): Promise<{ readonly result: SoakResult; readonly faults: readonly string[] }> {
  const began = performance.now();
  const say = (line: string) => tell(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);
  const chances = createChances(seed);
  const forMs = minutes * 60_000;
  say(`${minutes} minutes, seed ${seed}`);
  const system = await startSoakSystem(seed);
  const wire = createWireLog(Date.now);
  const workers: Awaited<ReturnType<typeof startWorker>>[] = [];
  const usages: Usage[] = [];
  let sampling: NodeJS.Timeout | undefined;
  try {
    const [steady, victim] = [await startWorker(system, 0, wire.see), await startWorker(system, 1, wire.see)];
    workers.push(steady, victim);
    sampling = setInterval(() => {
      const usage = steady.usage();
      if (usage !== undefined) usages.push(usage);
      if (usages.length % 5 === 0) say(progress(usage));
    }, SAMPLE_MS);
    say('two workers run');
    const [sent, { kills }] = await Promise.all([
      produce(system.storage, createChances(seed + 1), forMs),
      goWrong(system, victim, chances, forMs),
    ]);
    clearInterval(sampling);
    say(`${sent.length} events sent, ${kills} kills; nothing goes wrong any more`);
    const drained = await drain(system, say);

    const stored = await readStored(system.storage);
    const { requests } = system.microsoft365.api;
    const { taken, faults: odd } = readPosts(requests.list(), system.channelOf, wire);
    const judgement = judge({ channels: system.channels, sent, taken, stored });
    const { lost, repeated, uncertain, lostAnswers, digests } = judgement;
    const windowViolations = requests.sums().violations;
    const scheduled = system.channels.filter(({ schedule }) => schedule.every !== 'now').length;
    say(
      `${taken.length} cards taken of ${requests.sums().requests} posts; ${stored.pages.length} pages; ${usages.length} samples`,
    );
    const outlived = taken.filter(({ knowledge, by }) => knowledge === 'uncertain' && by === '0.1').length;
    say(`${outlived} of ${uncertain} uncertain cards by the process that lived, which could not reach storage`);
    return {
      result: { lost, repeated, kills, uncertain, lostAnswers, windowViolations, events: sent.length, digests },
      faults: [
        ...(lost > 0 ? [`${lost} events lost`] : []),
        ...(repeated > uncertain + lostAnswers ? [`${repeated} cards repeated`] : []),
        ...(windowViolations > 0 ? [`${windowViolations} posts over a window`] : []),
        ...(drained ? [] : ['not everything was sent']),
        ...judgement.faults,
        ...odd,
        ...growthFaults(usages),
        ...(await leftoverFaults(system.storage, scheduled)),
        ...workers.flatMap(({ complaints }) => [...complaints.keys()]),
      ],
    };
  } finally {
    clearInterval(sampling);
    await Promise.all(workers.map((worker) => worker.stop()));
    await system.stop();
  }

  function progress(usage: Usage | undefined): string {
    const { requests, accepted } = system.microsoft365.api.requests.sums();
    const uses = usage === undefined ? '' : `, ${usage.residentMb.toFixed(0)} MB, ${usage.handles} handles`;
    return `${requests} posts, ${accepted} cards taken${uses}`;
  }
}

/** Cards that are not about events: welcome, test, all quiet, nothing new, another channel disabled. */
import { brandFrame } from './brand-frame.ts';
import type { Voice } from './card-input.ts';
import { type Block, type CardView, EMPTY_BLOCK, type Line, type ViewFact } from './card-view.ts';
import { NAME_LIMIT, type TextLimit, toOneLine } from './plain-text.ts';

const LIST_LIMIT: TextLimit = { graphemes: 300, bytes: 1_200 };

/** For a digest without events, where the owner wants to be told so. */
export function nothingNewView(voice: Voice): CardView {
  const { title, text } = voice.say.nothingNew;
  return notice(voice, { title: title(voice.brandName), lines: [text] });
}

/** Who set a channel up, and what comes when. `schedule` and `first` are absent for a channel that is told at once. */
export interface Welcome {
  readonly setUpBy?: string | undefined;
  readonly topics: readonly string[];
  readonly schedule?: string | undefined;
  readonly firstAt?: number | undefined;
}

/** The first card of a new subscription: who set it up, what comes, when first, how to change or stop it. */
export function welcomeView(welcome: Welcome, voice: Voice): CardView {
  const { say, dates } = voice;
  const { setUpBy, topics, schedule, firstAt } = welcome;
  const person = setUpBy === undefined ? [] : [say.welcome.setUpBy(toOneLine(setUpBy, NAME_LIMIT))];
  const names = topics.map((type) => voice.topicName(type));
  const facts = [
    {
      name: say.welcome.what,
      value: names.length === 0 ? say.welcome.everything : toOneLine(say.list(names), LIST_LIMIT),
    },
    {
      name: say.welcome.schedule,
      value: schedule === undefined ? say.welcome.atOnce : toOneLine(schedule, LIST_LIMIT),
    },
    ...(firstAt === undefined ? [] : [{ name: say.welcome.first, value: dates.range(firstAt, firstAt) }]),
  ];
  const title = say.welcome.title(voice.brandName);
  return notice(voice, { title, lines: [say.welcome.setUp, ...person, say.welcome.howToChange], facts });
}

/** A test that an owner asked for. */
export function testView(sentAt: number, voice: Voice): CardView {
  const { say, dates } = voice;
  const facts = [{ name: say.test.sentAt, value: dates.range(sentAt, sentAt) }];
  return notice(voice, { title: say.test.title(voice.brandName), lines: [say.test.text], facts });
}

/** Keeps a workflow on: Power Automate switches a flow off that has not run for 90 days. */
export function quietView({ since, paused = false }: { since: number; paused?: boolean }, voice: Voice): CardView {
  const { say, dates } = voice;
  const lines = [paused ? say.quiet.paused : say.quiet.since(dates.dateTime(since)), say.quiet.why];
  return notice(voice, { title: say.quiet.title(voice.brandName), lines });
}

/** A channel that was disabled: its name, why, and since when. The reason is a sentence of ours. */
export interface Disabled {
  readonly name: string;
  readonly reason: string;
  readonly since: number;
}

/** Tells one channel that another gets no cards any more, and what to do. */
export function disabledView({ name, reason, since }: Disabled, voice: Voice): CardView {
  const { say, dates } = voice;
  const facts = [
    { name: say.disabled.reason, value: toOneLine(reason, LIST_LIMIT) },
    { name: say.disabled.since, value: dates.range(since, since) },
  ];
  const lines = [say.disabled.text(toOneLine(name, NAME_LIMIT)), say.disabled.what];
  return notice(voice, { title: say.disabled.title(voice.brandName), lines, facts });
}

interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
  readonly facts?: readonly ViewFact[];
}

function notice(voice: Voice, { title, lines, facts = [] }: Notice): CardView {
  const { say, links } = voice;
  const block: Block = { ...EMPTY_BLOCK, lines: lines.map((text): Line => [{ text }]), facts };
  return {
    ...brandFrame(voice),
    title,
    summary: title,
    blocks: [block],
    links: links.settings === undefined ? [] : [{ name: say.settings, url: links.settings }],
  };
}

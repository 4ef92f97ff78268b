/** What was found of an event, in words for somebody who was just woken up. */
import type { Explained, Question } from '../../shared/delivery/explain/explain-event.ts';
import type { Finding } from '../../shared/delivery/explain/finding.ts';
import { shortId } from './dead-letter-text.ts';
import { countText, lineOf, spanText, tableText, timeText } from './print.ts';

/** As JSON: times in ISO 8601. */
export function findingView({ at, until, letter, ...rest }: Finding) {
  return {
    ...rest,
    ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    ...(letter === undefined ? {} : { letter: { ...letter, id: shortId(letter.id) } }),
  };
}

/** The whole answer. */
export function explainedText(
  { source, id }: Pick<Question, 'source' | 'id'>,
  explained: Explained,
  now: number,
): string {
  const { account, findings, hidden } = explained;
  const about = findings.filter(({ channel }) => channel === undefined);
  const channels = findings.filter(({ channel }) => channel !== undefined);
  const rows = channels.map((finding) => [
    finding.channel?.id ?? '',
    lineOf(finding.channel?.name ?? ''),
    finding.why,
    sentenceOf(finding, now) + (finding.isCut === true ? ' It was over 32 KiB and was cut to fit.' : ''),
  ]);
  return [
    `${lineOf(source)} ${lineOf(id)}\n`,
    account === undefined ? '' : `account ${lineOf(account)}\n`,
    '\n',
    ...about.map((finding) => `${finding.why}: ${sentenceOf(finding, now)}\n`),
    about.length > 0 && rows.length > 0 ? '\n' : '',
    rows.length > 0 ? tableText([['CHANNEL', 'NAME', 'WHY', ''], ...rows]) : '',
    hidden > 0
      ? `\n${countText(hidden, 'message')} on the queues cannot be looked at now: taken, on the way back after a failure, or behind the first 32. Ask again later.\n`
      : '',
  ].join('');
}

/** One finding as a sentence; what to do, where there is something. */
export function sentenceOf(finding: Finding, now: number): string {
  const { why, until, digest, letter, chosen } = finding;
  const reason = finding.reason === undefined ? '' : ` ${asSentence(lineOf(finding.reason))}`;
  const at = finding.at === undefined ? 'at a time that is not known' : timeText(finding.at);
  const inDigest = digest === undefined ? 'its digest' : `digest ${digest}`;
  switch (why) {
    case 'shown':
      return `Shown at ${at} in ${inDigest}.`;
    case 'unclear':
      return `Posted at ${at} in ${inDigest}; nobody knows whether it arrived:${reason} Ask in the channel; \`resend ${digest}\` posts it again.`;
    case 'sending':
      return `Is being sent in ${inDigest}.`;
    case 'retrying':
      return `In ${inDigest}, which failed at ${at}:${reason} Tried again ${soon(until, now)}.`;
    case 'waiting':
      return `Came at ${at} and waits in the inbox; goes out ${soon(until, now)}.`;
    case 'waiting-paused':
      return `Came at ${at} and waits: the channel is paused ${until === undefined ? 'until somebody resumes it' : `until ${timeText(until)}`}.`;
    case 'waiting-disabled':
      return `Came at ${at} and waits: the channel is disabled.${reason} ${until === undefined ? 'Not tried until somebody enables it.' : `Tried again ${soon(until, now)}.`}`;
    case 'returned':
      return `Was in ${inDigest}, which could not be delivered:${reason} It waits in the inbox again; goes out ${soon(until, now)}.`;
    case 'repeat':
      return `Left out as a repeat: the same event is in ${inDigest}${finding.at === undefined ? '' : `, shown at ${at}`}.`;
    case 'dropped-paused':
      return `Dropped at ${at}: the channel was paused, and its owner chose to drop what arrives.`;
    case 'dropped-waited':
      return `Dropped at ${at}: it had waited for 45 days.`;
    case 'dropped-too-many':
      return `Dropped at ${at}: more than 1,000,000 events waited, and it was among the oldest.`;
    case 'topic':
    case 'scope':
    case 'severity':
      return `Not chosen: ${notChosen(why, chosen)}`;
    case 'made-later':
      return `The channel was made at ${at}, after the event came.`;
    case 'would-get':
      return 'Gets it once it is taken.';
    case 'changed-since':
      return 'No trace of it, and the channel would get it by its choices now: either they were others when it came, or it never came.';
    case 'removed':
      return `The channel was removed at ${at}: what waited went with it, and what came since is not kept.`;
    case 'on-queue':
      return `Put at ${at}, and still on queue events. Nothing takes it: look at the app, and at \`status\`.`;
    case 'in-poison':
      return `Put at ${at}; failed five times and is in queue events-poison. It comes back by itself for 24 hours: look at the failures of receive-events.`;
    case 'dead-letter': {
      const name = letter === undefined ? '' : shortId(letter.id);
      return `Put at ${at}, and could not be taken (${letter?.because ?? 'unknown'}):${reason} See \`dead-letters show ${name}\`; \`dead-letters replay ${name}\` tries it again.`;
    }
    case 'nobody-wants':
      return 'No channel of its account chose such events, as they are chosen now. It was counted, and is kept nowhere.';
    case 'no-subscriptions':
      return 'Its account has no channel.';
    case 'account-unknown':
      return 'Nothing is known of its account: no channel, no scopes, nobody linked. Is the name right, letter by letter?';
    case 'never-seen':
      return 'Nothing that is kept knows it. Either it never came (one refused over HTTP leaves nothing here: the answer said why), or nobody had chosen it, which is kept nowhere (give --event, or --account and --type, to try the choices as they are), or it is older than the 90 days for which is known what was shown.';
  }
}

/** Reasons of fields end without a full stop. */
function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function soon(until: number | undefined, now: number): string {
  if (until === undefined) return 'when somebody does something';
  return until <= now ? 'at once' : `at ${timeText(until)}, in ${spanText(until - now)}`;
}

function notChosen(why: 'topic' | 'scope' | 'severity', chosen: Finding['chosen']): string {
  const wants = (chosen?.wants ?? []).map(lineOf).slice(0, 10).join(', ');
  const has = lineOf(chosen?.has ?? '');
  switch (why) {
    case 'topic':
      return `it is of topic ${has}; chosen are ${wants}.`;
    case 'scope':
      return has === '' ? `it has no scope; chosen are ${wants}.` : `it is of scope ${has}; chosen are ${wants}.`;
    case 'severity':
      return `it is of severity ${has}; the channel wants ${wants} and worse.`;
  }
}

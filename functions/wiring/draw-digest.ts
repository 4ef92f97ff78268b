/** Puts together what draws a digest's card: the same card when it is posted and when it is shown anew after an answer. */
import { readFollowed } from '../../shared/actions/shown-acts.ts';
import type { Audience, ShownAct } from '../../shared/cards/card-input.ts';
import { renderCard } from '../../shared/cards/render-card.ts';
import type { CardStyle, CurrentDigest } from '../../shared/digests/digest.ts';
import type { DigestSummary } from '../../shared/digests/digest-summary.ts';
import { topicNameIn } from '../../shared/events/catalogue.ts';
import type { Subscription } from '../../shared/subscriptions/subscription.ts';
import * as parts from './parts.ts';
import * as tables from './tables.ts';

/** A card to draw. */
export interface DigestToDraw {
  readonly summary: DigestSummary;
  readonly subscription: Pick<Subscription, 'account' | 'target'>;
  readonly digest: Pick<CurrentDigest, 'locale' | 'timeZone' | 'alreadyShown'>;
  readonly card: CardStyle;
  readonly acts?: Audience['acts'];
  /** What was done about the channel from this card, where it is shown anew. */
  readonly own?: readonly ShownAct[];
}

/** Draws with the brand and the names of the catalogue; links and tokens are the same each time a digest is drawn. */
export const drawDigest = parts.once(async () => {
  const [brand, { topics }, links, answers, acts] = await Promise.all([
    parts.cardBrand(),
    parts.catalogue(),
    parts.digestLinks(),
    parts.answerTokens(),
    tables.acts(),
  ]);

  return async ({ summary, subscription, digest, card, acts: given, own }: DigestToDraw): Promise<string> => {
    const { account, target } = subscription;
    const { digestId, frozenAt } = summary;
    const answered = { id: digestId, account, frozenAt };
    const channelAfter = (done: readonly ShownAct[]) => ({
      buttons: answers.ownOn(
        answered,
        digest.locale,
        done.map(({ action }) => action),
      ),
      acts: done,
    });
    return renderCard({
      ...card,
      locale: digest.locale,
      timeZone: digest.timeZone,
      alreadyShown: digest.alreadyShown,
      acts: given,
      summary,
      kind: target.kind,
      appType: target.appType,
      brand,
      topicName: topicNameIn(topics, digest.locale),
      links: {
        ...(await links.linksTo({ digest: digestId, account }, frozenAt)),
        answer: answers.answerOn(answered),
      },
      channel: channelAfter([]),
      channelNow: own === undefined ? undefined : channelAfter(own),
      follows: await readFollowed(acts, account, summary),
    });
  };
});

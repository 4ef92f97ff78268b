import { readdirSync } from 'node:fs';
import { messageCardSchema } from '../../../shared/cards/message-card.ts';
import { toAdaptiveCard } from '../../../shared/cards/to-adaptive-card.ts';
import { draw, fixture, schemaFaults } from './adaptive-host.ts';

const convert = (card: object, instead?: string) => toAdaptiveCard(messageCardSchema.parse(card), { instead });

const WHOLE_CARDS = readdirSync('test/fixtures/messagecards').filter((name) =>
  /^(01|04|09|1\d|2[02478]|34)-.*\.json$/.test(name),
);

describe('a MessageCard as an Adaptive Card', () => {
  it.each(WHOLE_CARDS)('passes the published schema and the official renderer: %s', (name) => {
    const adaptive = convert(fixture(`messagecards/${name}`) as object);

    const { complaints, text } = draw(adaptive);

    expect(schemaFaults(adaptive)).toEqual([]);
    expect(complaints).toEqual([]);
    expect(text.length).toBeGreaterThan(5);
  });
});

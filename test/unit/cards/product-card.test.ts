import { type CardRequest, renderCard } from '../../../shared/cards/render-card.ts';
import { fixture } from './adaptive-host.ts';
import { aDigest, anEvent } from './an-event.ts';

function render(card: unknown, parts: Partial<CardRequest> = {}) {
  const event = anEvent({ data: { url: 'https://builds.example/812', card: card as Record<string, unknown> } });
  const body = renderCard({
    summary: aDigest([event]),
    kind: 'connector',
    locale: 'en',
    timeZone: 'UTC',
    brand: { name: 'Acme', colour: '0a84ff' },
    topicName: (type) => type,
    links: {},
    budgetBytes: 18_432,
    style: 'normal',
    ...parts,
  });
  return JSON.parse(body);
}

const OURS = 'Acme: build.failed';

describe('a card that the product made', () => {
  it('is posted as it is, with what a sender must add', () => {
    const made = { title: 'Made by the product', text: 'Hello', themeColor: '#CC0003' };

    expect(render(made)).toEqual({
      '@type': 'MessageCard',
      '@context': 'https://schema.org/extensions',
      summary: 'Build 812 failed',
      title: 'Made by the product',
      text: 'Hello',
      themeColor: 'CC0003',
    });
  });

  it('is converted for a workflow', () => {
    const { attachments } = render(fixture('messagecards/13-jenkins-repeated_failure-pull_request.json'), {
      kind: 'workflow',
    });

    expect(JSON.stringify(attachments[0].content)).toContain('test pull request');
    expect(attachments[0].content.actions).toHaveLength(2);
  });

  it.each([
    ['has HTML', { summary: 'x', text: '<b>x</b>' }],
    ['is no card', { type: 'AdaptiveCard' }],
    ['has eleven sections', { summary: 'x', sections: Array(11).fill({ text: 'x' }) }],
    ['says nothing', { themeColor: 'CC0003' }],
  ])('gives way to the event’s own card when it %s', (_, card) => {
    expect(render(card).title).toBe(OURS);
  });

  it('gives way when it does not fit', () => {
    expect(render({ text: 'x'.repeat(5_000) }, { budgetBytes: 4_000 }).title).toBe(OURS);
  });

  it('gives way to the plain card after a refusal', () => {
    expect(render({ text: 'refused' }, { style: 'plain' }).text).not.toContain('refused');
  });
});

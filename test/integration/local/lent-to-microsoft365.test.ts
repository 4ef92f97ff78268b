import { randomBytes } from 'node:crypto';
import { lintText } from '../../../infra/local/lent-to-microsoft365.ts';

describe('what the product lends the playground', () => {
  it('says what is wrong with a card, where', () => {
    const findings = lintText('{"@type":"MessageCard","@context":"https://schema.org/extensions"}');

    expect(findings).toContainEqual({ level: 'error', message: expect.stringMatching(/^card: .*\[[a-z-]+\]$/) });
  });

  it('says nothing of a card that is right', () => {
    expect(
      lintText('{"@type":"MessageCard","@context":"https://schema.org/extensions","summary":"News","text":"News"}'),
    ).toEqual([]);
  });

  it('takes whatever is typed', () => {
    expect(lintText(randomBytes(20).toString('latin1'))).toEqual([{ level: 'error', message: 'is not JSON' }]);
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { identityOf } from '../../../shared/events/event-identity.ts';

describe('the identity of an event', () => {
  it('is what it always was: rows of earlier versions are compared with it', () => {
    const identity = identityOf({ source: 'https://builds.example/acme', id: '8f2c' });

    expect(identity.toString('hex')).toBe('0d89992ca6e3b740b14ea95e29747a66');
  });

  it('is the start of the SHA-256 of its source and id, whatever is in them', () => {
    const text = fc.string({ unit: 'binary' });
    const anything = fc.oneof(text, fc.constantFrom('\ud800', '\udc00\ud800', '\0'));

    fc.assert(
      fc.property(anything, anything, (source, id) => {
        const whole = createHash('sha256').update(`${source.length}:${source}${id}`).digest();

        expect(identityOf({ source, id }).equals(whole.subarray(0, 16))).toBe(true);
      }),
    );
  });
});

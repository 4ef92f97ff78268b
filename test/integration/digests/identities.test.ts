/** The identities of a digest in its rows, as many as there are: they tell what a channel was shown. */
import type { DigestRecord } from '../../../shared/digests/digest.ts';
import { createDigestsTable, IDENTITIES_PER_ROW } from '../../../shared/digests/digests-table.ts';
import { IDENTITY_BYTES } from '../../../shared/events/event-identity.ts';
import { freshStorage } from '../../world/storage.ts';

const PER_PROPERTY = 4_096;
const RECORD: DigestRecord = {
  sequence: 1_795_000_000_000,
  state: 'delivered',
  urgency: 'ordinary',
  frozenAt: 1_795_000_000_000,
  count: 1,
  locale: 'en',
  timeZone: 'UTC',
  attempts: [],
};

it.each([0, 1, PER_PROPERTY, PER_PROPERTY + 1, 3 * PER_PROPERTY - 1, IDENTITIES_PER_ROW, IDENTITIES_PER_ROW + 1])(
  'are read back as they were written: %i of them',
  async (count) => {
    const digests = createDigestsTable((await freshStorage()).table('digests'));
    // A part of a larger array, as one that was read or cut is.
    const around = Uint8Array.from({ length: (count + 2) * IDENTITY_BYTES }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
    const identities = around.subarray(IDENTITY_BYTES, (count + 1) * IDENTITY_BYTES);

    await digests.insert('sub_a', RECORD, identities);

    const read: Uint8Array[] = [];
    for await (const shown of digests.listShown('sub_a', 0)) read.push(...shown.identities);
    expect(Buffer.concat(read).equals(identities)).toBe(true);
  },
);

/** Which events were shown: 16-byte identities by the million, 28 bytes of memory each (protocol rule 9). */
import { IDENTITY_BYTES } from '../events/event-identity.ts';

const WORDS = IDENTITY_BYTES / 4;
const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS; // identities a chunk: 256 KiB
const FIRST_CAPACITY = 1 << 10;

/** A set that only grows; each identity carries the latest of its stamps. */
export interface IdentitySet {
  readonly size: number;
  /** The stamp of the identity at `offset` in `bytes`; undefined when it is not in the set. */
  stampOf(bytes: Uint8Array, offset: number): number | undefined;
  /** Adds an identity, or raises its stamp. True when it is new. */
  add(bytes: Uint8Array, offset: number, stamp: number): boolean;
  /** The identities from the `from`th added to the `to`th, as they are stored in digests' rows. */
  bytesOf(from: number, to: number): Uint8Array;
}

/**
 * Identities stand in chunks in the order added; an open-addressing table of their positions finds them by their first
 * word, which is as even as SHA-256. Growing rebuilds the table alone.
 */
export function createIdentitySet(): IdentitySet {
  const chunks: Uint32Array[] = [];
  const stamps: Uint32Array[] = []; // in chunks too: indexes into `stampValues`
  const stampValues: number[] = [];
  const stampIndexes = new Map<number, number>();
  let table = new Uint32Array(FIRST_CAPACITY); // position + 1; 0 is empty
  let size = 0;
  const probe = new Uint32Array(WORDS);

  const wordAt = (position: number, word: number) =>
    chunks[position >>> CHUNK_BITS]?.[(position & (CHUNK - 1)) * WORDS + word] ?? 0;

  function load(bytes: Uint8Array, offset: number): void {
    for (let word = 0; word < WORDS; word++) {
      const at = offset + word * 4;
      probe[word] =
        (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    }
  }

  /** The table's slot of the loaded identity: where it is, or where it would go. */
  function slotOf(): number {
    const mask = table.length - 1;
    let slot = (probe[0] ?? 0) & mask;
    for (;;) {
      const entry = table[slot] ?? 0;
      if (entry === 0 || isAt(entry - 1)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function isAt(position: number): boolean {
    for (let word = 0; word < WORDS; word++) if (wordAt(position, word) !== probe[word]) return false;
    return true;
  }

  /** The stamp of the identity at a position, as a time. */
  function stampAt(position: number): number | undefined {
    return stampValues[stamps[position >>> CHUNK_BITS]?.[position & (CHUNK - 1)] ?? 0];
  }

  function setStamp(position: number, stamp: number): void {
    const chunk = stamps[position >>> CHUNK_BITS];
    if (chunk !== undefined) chunk[position & (CHUNK - 1)] = indexOf(stamp);
  }

  function grow(): void {
    table = new Uint32Array(table.length * 2);
    const mask = table.length - 1;
    for (let position = 0; position < size; position++) {
      let slot = wordAt(position, 0) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = position + 1;
    }
  }

  function indexOf(stamp: number): number {
    const known = stampIndexes.get(stamp);
    if (known !== undefined) return known;
    stampIndexes.set(stamp, stampValues.length);
    return stampValues.push(stamp) - 1;
  }

  function append(): void {
    if (size % CHUNK === 0) {
      chunks.push(new Uint32Array(CHUNK * WORDS));
      stamps.push(new Uint32Array(CHUNK));
    }
    chunks.at(-1)?.set(probe, (size % CHUNK) * WORDS);
    size += 1;
  }

  return {
    get size() {
      return size;
    },
    stampOf(bytes, offset) {
      load(bytes, offset);
      const entry = table[slotOf()] ?? 0;
      return entry === 0 ? undefined : stampAt(entry - 1);
    },
    add(bytes, offset, stamp) {
      load(bytes, offset);
      if ((size + 1) * 4 > table.length * 3) grow();
      const slot = slotOf();
      const entry = table[slot] ?? 0;
      if (entry === 0) {
        append();
        table[slot] = size;
        setStamp(size - 1, stamp);
        return true;
      }
      if (stamp > (stampAt(entry - 1) ?? Number.NEGATIVE_INFINITY)) setStamp(entry - 1, stamp);
      return false;
    },
    bytesOf(from, to) {
      const bytes = new Uint8Array((to - from) * IDENTITY_BYTES);
      const view = new DataView(bytes.buffer);
      for (let position = from; position < to; position++) {
        for (let word = 0; word < WORDS; word++)
          view.setUint32((position - from) * IDENTITY_BYTES + word * 4, wordAt(position, word), true);
      }
      return bytes;
    },
  };
}

/** Limits of the product made so small that few messages meet them. */
import type { Patch } from './product.ts';

/** A webhook that takes one POST a second. */
export const ONE_POST_A_SECOND: Patch = {
  file: 'shared/delivery/pacing.ts',
  from: '{ posts: 4, ms: SECOND }',
  to: '{ posts: 1, ms: SECOND }',
};

/** A transaction that claims one page: two pages take two. */
export const ONE_PAGE_AT_ONCE: Patch = {
  file: 'shared/events/page.ts',
  from: 'export const PAGES_AT_ONCE = 99;',
  to: 'export const PAGES_AT_ONCE = 1;',
};

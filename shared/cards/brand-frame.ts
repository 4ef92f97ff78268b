/** What every card of a product shares: its colour, its logo, the reader's language. */
import type { Voice } from './card-input.ts';
import type { CardView } from './card-view.ts';
import { toHexColour } from './colour.ts';
import { toPictureAddress } from './markdown.ts';

/** Shown where a brand's colour cannot be read. */
const DEFAULT_COLOUR = '0078D4';

/** The frame of a view. */
export function brandFrame({ brand, brandName, language }: Voice): Pick<CardView, 'locale' | 'colour' | 'logo'> {
  const logo = toPictureAddress(brand.logo);
  return {
    locale: language,
    colour: toHexColour(brand.colour) ?? DEFAULT_COLOUR,
    logo: logo === undefined ? undefined : { url: logo, alt: brandName },
  };
}

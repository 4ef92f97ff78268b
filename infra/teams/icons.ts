/** The Teams app's icons, drawn from the brand's logo and colour by Microsoft's rules ("Design your Teams app icon", Microsoft Learn). */
import { fitInto, inWhite, onColour, readPng, symbolOf, writePng } from './picture.ts';

/** The three files. */
export interface Icons {
  readonly color: Buffer;
  readonly outline: Buffer;
  readonly color32x32: Buffer;
}

const COLOR = { size: 192, symbol: 96 }; // the symbol stays inside the middle 96 × 96: Teams crops the rest to a circle or square
const SMALL = { size: 32, symbol: 28 };

/** Draws them. `colour` such as `#1f6feb`. @throws Error when the logo is no PNG, or is empty. */
export function drawIcons(logoPng: Buffer, colour: string): Icons {
  const logo = readPng(logoPng);
  const symbol = symbolOf(logo);
  return {
    color: writePng(onColour(fitInto(symbol, COLOR.symbol, COLOR.size), colour)),
    outline: writePng(inWhite(fitInto(symbol, SMALL.symbol, SMALL.size))),
    color32x32: writePng(fitInto(logo, SMALL.size, SMALL.size)),
  };
}

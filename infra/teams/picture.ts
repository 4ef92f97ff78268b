/** Pictures as pixels: finding the symbol of a logo, scaling it, and drawing it. */
import { PNG } from 'pngjs';

/** RGBA, a byte each, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A logo's symbol without its background: its own pixels, cropped, with how much of each is symbol as alpha. */
export type Symbol = Picture;

/** @throws Error when the bytes are no PNG. */
export function readPng(bytes: Buffer): Picture {
  return PNG.sync.read(bytes);
}

/** The bytes of a PNG. */
export function writePng({ width, height, data }: Picture): Buffer {
  const png = new PNG({ width, height });
  png.data.set(data);
  return PNG.sync.write(png);
}

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

function pixelAt({ width, data }: Picture, x: number, y: number): Pixel {
  const at = (y * width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, data[at + 3] ?? 0];
}

function draw(width: number, height: number, pixel: (x: number, y: number) => Pixel): Picture {
  const data = new Uint8ClampedArray(width * height * 4); // rounds by itself
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) data.set(pixel(x, y), (y * width + x) * 4);
  return { width, height, data };
}

/** How unlike two colours are, 0 to 1, by the channel that differs most. */
function unlike(a: Pixel, b: Pixel): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2])) / 255;
}

/**
 * The symbol of a logo. The background is what the middles of its four edges agree on: transparent, or one colour; a logo
 * whose edges do not agree is a symbol as a whole.
 */
export function symbolOf(logo: Picture): Symbol {
  const [midX, midY] = [Math.floor(logo.width / 2), Math.floor(logo.height / 2)];
  const edges = [
    pixelAt(logo, midX, 0),
    pixelAt(logo, midX, logo.height - 1),
    pixelAt(logo, 0, midY),
    pixelAt(logo, logo.width - 1, midY),
  ];
  const [background = [0, 0, 0, 0]] = edges;
  const agree = edges.every((edge) => edge[3] > 250 && unlike(edge, background) < 0.08);
  return crop(
    draw(logo.width, logo.height, (x, y) => {
      const pixel = pixelAt(logo, x, y);
      // Half as unlike as black and white is wholly symbol: what lies between is a smooth edge.
      const share = agree ? Math.min(1, unlike(pixel, background) * 2) : 1;
      return [pixel[0], pixel[1], pixel[2], pixel[3] * share];
    }),
  );
}

function crop(picture: Picture): Picture {
  const seen = { left: picture.width, right: -1, top: picture.height, bottom: -1 };
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      if (pixelAt(picture, x, y)[3] < 16) continue;
      seen.left = Math.min(seen.left, x);
      seen.right = Math.max(seen.right, x);
      seen.top = Math.min(seen.top, y);
      seen.bottom = Math.max(seen.bottom, y);
    }
  }
  if (seen.right < 0) throw new Error('The logo is empty: every pixel is its background.');
  return draw(seen.right - seen.left + 1, seen.bottom - seen.top + 1, (x, y) =>
    pixelAt(picture, x + seen.left, y + seen.top),
  );
}

/** Scales to fit a square, by the average of what falls on each pixel, and centres it on a transparent one of `size`. */
export function fitInto(symbol: Symbol, box: number, size: number): Picture {
  const scale = Math.max(symbol.width, symbol.height) / box;
  const [width, height] = [Math.round(symbol.width / scale), Math.round(symbol.height / scale)];
  const [left, top] = [Math.floor((size - width) / 2), Math.floor((size - height) / 2)];
  return draw(size, size, (x, y) => {
    const inside = x >= left && x < left + width && y >= top && y < top + height;
    return inside ? average(symbol, (x - left) * scale, (y - top) * scale, scale) : [0, 0, 0, 0];
  });
}

/** The mean colour of a square of `side` pixels, weighed by alpha; at least the nearest pixel. */
function average(picture: Picture, left: number, top: number, side: number): Pixel {
  let [red, green, blue, alpha, pixels] = [0, 0, 0, 0, 0];
  for (let y = Math.floor(top); y < Math.max(top + side, Math.floor(top) + 1) && y < picture.height; y += 1) {
    for (let x = Math.floor(left); x < Math.max(left + side, Math.floor(left) + 1) && x < picture.width; x += 1) {
      const pixel = pixelAt(picture, x, y);
      red += pixel[0] * pixel[3];
      green += pixel[1] * pixel[3];
      blue += pixel[2] * pixel[3];
      alpha += pixel[3];
      pixels += 1;
    }
  }
  return alpha === 0 ? [0, 0, 0, 0] : [red / alpha, green / alpha, blue / alpha, alpha / pixels];
}

/** The picture on one opaque colour, such as `#1f6feb`. */
export function onColour(picture: Picture, colour: string): Picture {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return draw(picture.width, picture.height, (x, y) => {
    const pixel = pixelAt(picture, x, y);
    const share = pixel[3] / 255;
    const rest = 1 - share;
    return [pixel[0] * share + red * rest, pixel[1] * share + green * rest, pixel[2] * share + blue * rest, 255];
  });
}

/** The picture in white, by its alpha alone. */
export function inWhite(picture: Picture): Picture {
  return draw(picture.width, picture.height, (x, y) => [255, 255, 255, pixelAt(picture, x, y)[3]]);
}

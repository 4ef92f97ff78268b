import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { projectDir } from '../../../infra/build-app.ts';
import { stepsByHand } from '../../../infra/teams/by-hand.ts';
import { manifestFaults } from '../../../infra/teams/check-manifest.ts';
import { drawIcons } from '../../../infra/teams/icons.ts';
import { InvalidManifestError, makePackage } from '../../../infra/teams/make-package.ts';
import { teamsManifest } from '../../../infra/teams/manifest.ts';
import { type Picture, readPng, writePng } from '../../../infra/teams/picture.ts';
import { MAX_LOGO_BYTES, readLogo } from '../../../infra/teams/read-logo.ts';
import { parseCatalogue } from '../../../shared/events/catalogue.ts';

const read = (path: string) => readFileSync(join(projectDir, path));
const catalogue = parseCatalogue(JSON.parse(read('infra/local/catalogue.json').toString()));
const logo = read('static/brand/octoforge.png');
const input = {
  catalogue,
  url: 'https://tidings.example',
  connectorId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  version: '1.0.0',
  entraClientId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
};

function pixels({ width, height, data }: Picture) {
  return Array.from({ length: width * height }, (_, index) => ({
    x: index % width,
    y: Math.floor(index / width),
    rgba: [...data.slice(index * 4, index * 4 + 4)],
  }));
}

/** One colour, with a square of another in its middle. */
function squareLogo(size: number, ground: readonly number[], mark: readonly number[]): Buffer {
  const data = new Uint8Array(size * size * 4);
  const isMark = (at: number) => at >= size / 4 && at < (size * 3) / 4;
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) data.set(isMark(x) && isMark(y) ? mark : ground, (y * size + x) * 4);
  return writePng({ width: size, height: size, data });
}

describe('the Teams package', () => {
  it('has the manifest and its icons at the root, the same bytes each time', () => {
    const zip = makePackage(input, logo);
    const files = unzipSync(zip);
    const manifest = JSON.parse(strFromU8(files['manifest.json'] ?? new Uint8Array()));

    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png', 'color32x32.png']);
    expect(Object.values(manifest.icons).every((name) => String(name) in files)).toBe(true);
    expect(Buffer.from(makePackage(input, logo)).equals(Buffer.from(zip))).toBe(true);
  });

  it('has a manifest that Microsoft’s schema takes: one connector, for teams', () => {
    const manifest = teamsManifest(input);

    expect(manifestFaults(manifest)).toEqual([]);
    expect(manifest.manifestVersion).toBe('1.29');
    expect(manifest.connectors).toEqual([
      { connectorId: input.connectorId, configurationUrl: 'https://tidings.example/config', scopes: ['team'] },
    ]);
    expect(manifest.webApplicationInfo?.resource).toBe(`api://tidings.example/${input.entraClientId}`);
  });

  it.each([
    ['an id that is no GUID', { ...teamsManifest(input), id: 'tidings' }, '/id'],
    ['a field that the schema does not know', { ...teamsManifest(input), packageName: 'x' }, 'packageName'],
    ['a version that is no semver', { ...teamsManifest(input), version: '1.0' }, '/version'],
    [
      'two connectors',
      { ...teamsManifest(input), connectors: [...teamsManifest(input).connectors, ...teamsManifest(input).connectors] },
      '/connectors',
    ],
    ['another version of the schema', { ...teamsManifest(input), manifestVersion: '1.8' }, '/manifestVersion'],
    ['no description', { ...teamsManifest(input), description: undefined }, 'description'],
  ])('is refused with %s', (_, manifest, fault) => {
    expect(manifestFaults(manifest).join('\n')).toContain(fault);
  });

  it('is not made of what does not hold', () => {
    expect(() => makePackage({ ...input, version: 'one' }, logo)).toThrow(InvalidManifestError);
  });

  it('shortens a long name and many topics to what the schema allows', () => {
    const topic = catalogue.topics[0];
    const topics = Array.from({ length: 900 }, () => topic).flatMap((one) => (one === undefined ? [] : [one]));
    const long = {
      ...catalogue,
      product: { ...catalogue.product, name: 'A product with quite a long name, sixty characters of it all' },
      topics,
    };

    const manifest = teamsManifest({ ...input, catalogue: long });

    expect(manifestFaults(manifest)).toEqual([]);
    expect(manifest.name.short).toBe('A product with quite a long…');
  });

  it('keeps the schema as Microsoft published it', () => {
    const [, sum] = /SHA-256: `([0-9a-f]{64})`/.exec(read('infra/teams/schema/README.md').toString()) ?? [];

    expect(createHash('sha256').update(read('infra/teams/schema/teams-1.29.schema.json')).digest('hex')).toBe(sum);
  });

  it('says what to register by hand, with the addresses of this deployment', () => {
    const steps = stepsByHand(input);

    expect(steps).toContain('https://tidings.example/connect/callback');
    expect(steps).toContain(input.connectorId);
    expect(steps).toMatch(/Partner Center[\s\S]*submission-checklist/);
  });
});

describe('the icons', () => {
  const icons = drawIcons(logo, '#1f6feb');

  it('are 192 and 32 pixels wide and high', () => {
    const sizes = Object.values(icons)
      .map((png: Buffer) => readPng(png))
      .map(({ width, height }) => [width, height]);

    expect(sizes).toEqual([
      [192, 192],
      [32, 32],
      [32, 32],
    ]);
  });

  it('have the symbol inside the middle 96 of the colour icon, on one solid colour', () => {
    const outside = pixels(readPng(icons.color)).filter(({ x, y }) => Math.min(x, y) < 48 || Math.max(x, y) >= 144);
    const inside = pixels(readPng(icons.color)).filter(({ rgba }) => rgba[0] === 255);

    expect(new Set(outside.map(({ rgba }) => rgba.join()))).toEqual(new Set(['31,111,235,255']));
    expect(inside.length).toBeGreaterThan(500);
  });

  it('have an outline of white and nothing else, with clear corners', () => {
    const outline = pixels(readPng(icons.outline));

    expect(outline.every(({ rgba }) => rgba[0] === 255 && rgba[1] === 255 && rgba[2] === 255)).toBe(true);
    expect(outline.filter(({ rgba }) => rgba[3] === 0).length).toBeGreaterThan(200);
    expect(outline.filter(({ rgba }) => rgba[3] === 255).length).toBeGreaterThan(100);
  });

  it.each([
    ['on a ground of its own', [200, 20, 20, 255]],
    ['on nothing', [0, 0, 0, 0]],
  ])('find the symbol of a logo %s', (_, ground) => {
    const { outline } = drawIcons(squareLogo(64, ground, [255, 255, 255, 255]), '#123456');
    const solid = pixels(readPng(outline)).filter(({ rgba }) => rgba[3] === 255);

    expect(solid).toHaveLength(28 * 28);
  });

  it('cannot be drawn from nothing', () => {
    const empty = squareLogo(16, [0, 0, 0, 0], [0, 0, 0, 0]);

    expect(() => drawIcons(empty, '#123456')).toThrow('empty');
  });
});

describe('the logo', () => {
  let dir = '';
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tidings-logo-'));
    await writeFile(join(dir, 'small.png'), Buffer.alloc(MAX_LOGO_BYTES - 1));
    await writeFile(join(dir, 'large.png'), Buffer.alloc(MAX_LOGO_BYTES));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('of the demonstration is under 60 KB', () => {
    expect(logo.length).toBeLessThan(MAX_LOGO_BYTES);
  });

  it('is refused at 60 KB, and where it is no file of ours and no https address', async () => {
    expect(await readLogo('/static/small.png', dir)).toHaveLength(MAX_LOGO_BYTES - 1);
    await expect(readLogo('/static/large.png', dir)).rejects.toThrow('fewer than 60000');
    await expect(readLogo('http://brand.example/logo.png', dir)).rejects.toThrow('https');
  });
});

/** Finds a Chromium to drive: one named by a setting, else an installed one, else the one inside an npm package. */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Names the browser to use, when it should not be looked for. */
export const BROWSER_SETTING = 'BROWSER_PATH';

const unix = [
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'chromium',
  'chromium-browser',
];

function installed(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin')
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (app) => `/Applications/${app}.app/Contents/MacOS/${app}`,
    );
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? []);
    return roots.flatMap((root) => [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]);
  }
  return unix.flatMap((name) =>
    ['/usr/bin', '/usr/local/bin', '/opt/google/chrome', '/snap/bin'].map((dir) => join(dir, name)),
  );
}

// The package is an ES module and jest's files are not: it is asked in a process of its own.
const PACKAGED =
  "import('@sparticuz/chromium').then(async ({ default: chromium }) => console.log(await chromium.executablePath()))";

/** Where the browser to drive is. The package's is for Linux on x64 alone: elsewhere one has to be installed. */
export async function findChromium(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = environment[BROWSER_SETTING];
  if (named !== undefined && named !== '') return named;
  for (const path of installed(process.platform, environment)) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) return path;
  }
  // Unpacks itself into the system's temporary folder, once.
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', PACKAGED]);
  return stdout.trim();
}

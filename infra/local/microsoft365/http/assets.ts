/** Scripts and styles of the pages: TypeScript bundled by esbuild when first asked for. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Reply, type Route, reply, route } from './router.ts';

const folder = fileURLToPath(new URL('../pages/', import.meta.url));
const NAME = /^[a-z0-9-]+\.(js|css|svg)$/;

/** The routes of all assets. */
export function assetRoutes(): Route[] {
  const bundles = new Map<string, Promise<string>>();
  const bundled = (name: string) => {
    const bundle = bundles.get(name) ?? bundleScript(name);
    bundles.set(name, bundle);
    return bundle;
  };
  return [
    route('GET', '/assets/:name', async ({ params }): Promise<Reply> => {
      const name = params['name'] ?? '';
      if (!NAME.test(name)) return reply(404, 'text/plain', 'no such file');
      try {
        if (name.endsWith('.js')) return reply(200, 'text/javascript', await bundled(name));
        const type = name.endsWith('.css') ? 'text/css' : 'image/svg+xml';
        return reply(200, type, await readFile(folder + name, 'utf8'));
      } catch (error) {
        return reply(404, 'text/plain', `no such file: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
      }
    }),
  ];
}

async function bundleScript(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [folder + name.replace(/\.js$/, '.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

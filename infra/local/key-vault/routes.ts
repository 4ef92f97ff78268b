/** The REST API's routes: method and path to an operation. Source: "Azure Key Vault secrets client REST API", Microsoft Learn. */
import { newest, toBundle, toDeleted, toItem, type VaultIdentity } from './bundles.ts';
import { toPage } from './paging.ts';
import type { Secrets } from './secrets.ts';
import { badParameter, VaultError } from './vault-error.ts';

/** A request, its body already parsed; undefined when it had none. */
export interface VaultRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

/** Status and body of an answer; `changed` when the contents must be saved before it is given. */
export interface VaultAnswer {
  readonly status: number;
  readonly body?: object | undefined;
  readonly changed?: true;
}

/** Answers one request that carried a token. @throws VaultError for every refusal. */
export function createRoutes(vault: VaultIdentity, secrets: Secrets) {
  const ok = (body: object): VaultAnswer => ({ status: 200, body });
  const changed = (body: object): VaultAnswer => ({ status: 200, body, changed: true });

  function collection(method: string, request: VaultRequest): VaultAnswer | undefined {
    const page = (items: readonly object[]) => ok(toPage(vault, request.url, items));
    switch (`${method} ${request.url.pathname}`) {
      case 'GET /secrets':
        return page(secrets.list().map((each) => toItem(vault, each, newest(each), 'secret')));
      case 'GET /deletedsecrets':
        return page(
          secrets.listDeleted().map((each) => {
            const { id, ...rest } = toDeleted(vault, secrets.getDeleted(each.name));
            return { ...rest, id: id.slice(0, id.lastIndexOf('/')) };
          }),
        );
      case 'POST /secrets/restore': {
        const secret = secrets.restore(request.body);
        return changed(toItem(vault, secret, newest(secret), 'version'));
      }
      default:
        return undefined;
    }
  }

  function live(method: string, [name, part = '']: Segments, { url, body }: VaultRequest): VaultAnswer | undefined {
    if (method === 'GET' && part === 'versions') {
      const secret = secrets.versions(name);
      return ok(
        toPage(
          vault,
          url,
          secret.versions.map((version) => toItem(vault, secret, version, 'version')),
        ),
      );
    }
    if (method === 'GET') return ok(toBundle(vault, ...secrets.get(name, part)));
    if (method === 'PATCH') return changed(toItem(vault, ...secrets.update(name, part, body), 'version'));
    if (method === 'POST' && part === 'backup') return ok({ value: secrets.backup(name) });
    if (part !== '') return undefined;
    if (method === 'PUT') return changed(toBundle(vault, ...secrets.set(name, body)));
    if (method === 'DELETE') return changed(toDeleted(vault, secrets.delete(name)));
    return undefined;
  }

  function deleted(method: string, [name, part = '']: Segments): VaultAnswer | undefined {
    if (method === 'GET' && part === '') return ok(toDeleted(vault, secrets.getDeleted(name)));
    if (method === 'POST' && part === 'recover') {
      const secret = secrets.recover(name);
      return changed(toItem(vault, secret, newest(secret), 'version'));
    }
    if (method === 'DELETE' && part === '') {
      secrets.purge(name);
      return { status: 204, changed: true };
    }
    return undefined;
  }

  return function answer(request: VaultRequest): VaultAnswer {
    const { method, url } = request;
    if (!url.searchParams.has('api-version')) throw badParameter('The api-version query parameter is missing.');
    const [root, name, part, ...rest] = url.pathname.slice(1).split('/');
    const found =
      collection(method, request) ??
      (root === 'secrets' && name && rest.length === 0 ? live(method, [name, part], request) : undefined) ??
      (root === 'deletedsecrets' && name && rest.length === 0 ? deleted(method, [name, part]) : undefined);
    if (found === undefined) throw new VaultError(404, 'NotFound', `No operation ${method} ${url.pathname}`);
    return found;
  };
}

type Segments = readonly [name: string, part: string | undefined];

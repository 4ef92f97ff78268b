/** What the product relies on in Key Vault, said once: run against the embedded vault, and against any other that claims to be one. */
import { randomBytes } from 'node:crypto';
import type { SecretClient } from '@azure/keyvault-secrets';

/** Gives a client that is signed in; called once for the suite. */
export type ClientFactory = () => Promise<SecretClient>;

/** Registers the suite with jest. Every test uses names of its own, so that the vault need not be empty. */
export function describeVaultContract(vaultName: string, makeClient: ClientFactory): void {
  describe(`${vaultName}, through the real client`, () => {
    let client: SecretClient;
    beforeAll(async () => {
      client = await makeClient();
      // Goes through the challenge once, as the product does when it loads its keys.
      await refused(client.getSecret(aName()));
    });

    describe('setting and getting', () => {
      it('gives back what was set, with a version and times', async () => {
        const name = aName();

        const set = await client.setSecret(name, 'välue/é#?', { contentType: 'text/plain', tags: { kind: 'test' } });

        const got = await client.getSecret(name);
        expect(got.value).toBe('välue/é#?');
        expect(got.name).toBe(name);
        expect(got.properties).toMatchObject({
          version: set.properties.version,
          contentType: 'text/plain',
          tags: { kind: 'test' },
          enabled: true,
        });
        expect(got.properties.createdOn?.getTime()).toBeGreaterThan(0);
      });

      it('keeps earlier versions readable by their id, and gives the newest without one', async () => {
        const name = aName();
        const first = await client.setSecret(name, 'one');

        await client.setSecret(name, 'two');

        expect((await client.getSecret(name)).value).toBe('two');
        expect((await client.getSecret(name, { version: versionOf(first) })).value).toBe('one');
      });

      it('compares names without case', async () => {
        const name = aName();

        await client.setSecret(name, 'same');

        expect((await client.getSecret(name.toUpperCase())).value).toBe('same');
      });

      it('takes 25 KB and no more', async () => {
        const name = aName();

        await client.setSecret(name, 'x'.repeat(25 * 1024));

        expect(await refused(client.setSecret(name, 'x'.repeat(25 * 1024 + 1)))).toMatchObject({ statusCode: 400 });
      });

      it.each([['with_underscore'], ['with.dot'], ['with space'], ['ünicode'], ['x'.repeat(128)]])(
        'refuses the name %s',
        async (name) => {
          const error = await refused(client.setSecret(name, 'value'));

          expect(error).toMatchObject({ statusCode: 400, code: 'BadParameter' });
        },
      );

      it('answers 404 SecretNotFound for a name and for a version that are not there', async () => {
        const name = aName();
        await client.setSecret(name, 'value');

        const noName = await refused(client.getSecret(aName()));
        const noVersion = await refused(client.getSecret(name, { version: '0'.repeat(32) }));

        expect(noName).toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
        expect(noVersion).toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
      });
    });

    describe('properties', () => {
      it('changes those of one version and leaves its value', async () => {
        const name = aName();
        const { properties } = await client.setSecret(name, 'value', { tags: { a: '1' } });
        const expiresOn = new Date('2030-01-01T00:00:00Z');

        const updated = await client.updateSecretProperties(name, versionOf({ properties }), { expiresOn });

        expect(updated.expiresOn).toEqual(expiresOn);
        expect(updated.tags).toEqual({ a: '1' });
        expect((await client.getSecret(name)).value).toBe('value');
      });

      it('does not give out a disabled secret', async () => {
        const name = aName();
        const set = await client.setSecret(name, 'value');

        await client.updateSecretProperties(name, versionOf(set), { enabled: false });

        expect(await refused(client.getSecret(name))).toMatchObject({ statusCode: 403, code: 'Forbidden' });
      });
    });

    describe('lists', () => {
      it('lists every secret once over several pages, without values', async () => {
        const prefix = aName();
        const names = Array.from({ length: 30 }, (_, index) => `${prefix}-${index}`);
        for (const name of names) await client.setSecret(name, 'value');

        const listed = await collect(client.listPropertiesOfSecrets());

        expect(
          listed
            .map((each) => each.name)
            .filter((name) => name.startsWith(prefix))
            .sort(),
        ).toEqual(names.sort());
        expect(JSON.stringify(listed)).not.toContain('"value"');
      });

      it('cuts pages to the size asked for', async () => {
        const name = aName();
        for (const value of ['1', '2', '3', '4', '5']) await client.setSecret(name, value);

        const sizes: number[] = [];
        for await (const page of client.listPropertiesOfSecretVersions(name).byPage({ maxPageSize: 2 })) {
          sizes.push(page.length);
        }

        expect(sizes).toEqual([2, 2, 1]);
      });

      it('lists the versions of one secret', async () => {
        const name = aName();
        const set = [await client.setSecret(name, 'one'), await client.setSecret(name, 'two')];

        const listed = await collect(client.listPropertiesOfSecretVersions(name));

        expect(listed.map((each) => each.version).sort()).toEqual(set.map(versionOf).sort());
      });
    });

    describe('deleting', () => {
      it('hides a deleted secret, keeps its name taken, and lists it as deleted', async () => {
        const name = aName();
        await client.setSecret(name, 'value');

        const deleted = await remove(client, name);

        expect(deleted).toMatchObject({ name, recoveryId: expect.stringContaining(`/deletedsecrets/${name}`) });
        expect(await refused(client.getSecret(name))).toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
        const again = await refused(client.setSecret(name, 'value'));
        expect(again).toMatchObject({ statusCode: 409, code: 'Conflict' });
        expect(JSON.stringify(again)).toContain('ObjectIsDeletedButRecoverable');
        const listed = await collect(client.listDeletedSecrets());
        expect(listed.map((each) => each.name)).toContain(name);
        expect((await client.getDeletedSecret(name)).deletedOn?.getTime()).toBeGreaterThan(0);
      });

      it('brings a deleted secret back with every version', async () => {
        const name = aName();
        const first = await client.setSecret(name, 'one');
        await client.setSecret(name, 'two');
        await remove(client, name);

        const poller = await client.beginRecoverDeletedSecret(name, { intervalInMs: 20 });
        await poller.pollUntilDone();

        expect((await client.getSecret(name)).value).toBe('two');
        expect((await client.getSecret(name, { version: versionOf(first) })).value).toBe('one');
      });

      it('frees the name once purged', async () => {
        const name = aName();
        await client.setSecret(name, 'old');
        await remove(client, name);

        await client.purgeDeletedSecret(name);

        expect(await refused(client.getDeletedSecret(name))).toMatchObject({ statusCode: 404 });
        await client.setSecret(name, 'new');
        expect((await client.getSecret(name)).value).toBe('new');
      });

      it('answers 404 for deleting, recovering and purging what is not there', async () => {
        const missing = await refused(client.beginDeleteSecret(aName()));
        const notDeleted = await refused(client.purgeDeletedSecret(aName()));

        expect(missing).toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
        expect(notDeleted).toMatchObject({ statusCode: 404, code: 'SecretNotFound' });
      });
    });

    it('restores a backup under its own name, unless the name is taken', async () => {
      const name = aName();
      await client.setSecret(name, 'kept');
      const backup = await client.backupSecret(name);
      if (backup === undefined) throw new Error('no backup');

      const taken = await refused(client.restoreSecretBackup(backup));
      await remove(client, name);
      await client.purgeDeletedSecret(name);
      await client.restoreSecretBackup(backup);

      expect(taken).toMatchObject({ statusCode: 409, code: 'Conflict' });
      expect((await client.getSecret(name)).value).toBe('kept');
    });
  });
}

function aName(): string {
  return `contract-${randomBytes(6).toString('hex')}`;
}

function versionOf(secret: { properties: { version?: string } }): string {
  return secret.properties.version ?? '';
}

async function remove(client: SecretClient, name: string) {
  const poller = await client.beginDeleteSecret(name, { intervalInMs: 20 });
  return poller.pollUntilDone();
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The error a call ends in; a call that succeeds fails the test. */
export async function refused(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('the call succeeded, and should have been refused');
}

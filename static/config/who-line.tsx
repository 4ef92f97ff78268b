/** Whose account this is and who is signed in, named before anything is saved; and the link between the two, to be forgotten. */
import { useState } from 'preact/hooks';
import type { Session } from './client.ts';
import { useDesk } from './desk.ts';
import { ActionButton, Notice, ProblemNotice, useOnce } from './ui.tsx';

/** The line. */
export function WhoLine({ session }: { session: Session }) {
  const { words, api, host } = useDesk();
  const { account, person, link } = session;
  const [forgotten, setForgotten] = useState(false);
  const { busy, error, run } = useOnce();
  const name = person.name ?? host?.personName ?? person.sub ?? words.someone;
  const forget = () =>
    run(async () => {
      await api.forgetLink();
      setForgotten(true);
    });
  return (
    <div class="who">
      <p class="quiet">{words.who(account, name)}</p>
      {link !== undefined && !forgotten && (
        <p class="quiet">
          {link === 'tenant' ? words.signIn.linkedForAll(account) : words.signIn.linked(account)}{' '}
          <ActionButton class="link" busy={busy} onClick={forget}>
            {words.signIn.forget}
          </ActionButton>
        </p>
      )}
      {forgotten && <Notice tone="info">{words.signIn.forgotten}</Notice>}
      {error !== undefined && <ProblemNotice error={error} />}
    </div>
  );
}

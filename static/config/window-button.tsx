/** A button that opens a window to sign in in, and what may have gone wrong there. */
import { useEffect, useState } from 'preact/hooks';
import type { PersonWord, Session } from './client.ts';
import { useDesk } from './desk.ts';
import { makeProof, NotSignedInError, openSignIn, type Proof } from './pop-up.ts';
import { Problem } from './problem.ts';
import { ActionButton, Notice, ProblemNotice, useOnce } from './ui.tsx';

interface WindowButtonProps {
  readonly label: string;
  readonly addressFor: (nonce: string) => string;
  /** What goes along with the code. */
  readonly beside?: PersonWord & { readonly forTenant: boolean };
  readonly kind?: 'primary';
  readonly onSession: (session: Session) => void;
  /** Microsoft knows them, the account is not known. */
  readonly onUnlinked?: (person: PersonWord) => void;
}

/** A button that opens a window. The proof is made beforehand: a browser opens a window only in the click itself. */
export function WindowButton({ label, addressFor, beside, kind, onSession, onUnlinked }: WindowButtonProps) {
  const { words, client, host, zone } = useDesk();
  const [proof, setProof] = useState<Proof>();
  const { busy, error, run } = useOnce();
  useEffect(() => void makeProof().then(setProof), []);
  const signIn = async ({ verifier, nonce }: Proof) => {
    const url = addressFor(nonce);
    const opened = host === undefined ? openSignIn(url) : host.signIn(url);
    const code = await opened.finally(async () => setProof(await makeProof()));
    const as = host === undefined ? 'cookie' : 'bearer';
    onSession(await client.signIn({ code, verifier, as, ...beside }, zone));
  };
  const click = () =>
    run(async () => {
      if (proof === undefined) return;
      try {
        await signIn(proof);
      } catch (failure) {
        const personProof = failure instanceof Problem ? failure.personProof : undefined;
        if (personProof === undefined || onUnlinked === undefined) throw failure;
        onUnlinked({ personProof });
      }
    });
  return (
    <>
      <ActionButton {...(kind && { kind })} busy={busy || proof === undefined} onClick={click}>
        {label}
      </ActionButton>
      <p class="quiet" role="status">
        {busy ? words.signIn.waiting : ''}
      </p>
      {error !== undefined && <SignInFault error={error} />}
    </>
  );
}

function SignInFault({ error }: { error: unknown }) {
  const { words } = useDesk();
  const { signIn } = words;
  // TeamsJS says these words when the person closes the window or the browser does not open it.
  const reason = error instanceof Error ? error.message : String(error);
  if (reason === 'blocked' || reason === 'FailedToOpenWindow') return <Notice tone="bad">{signIn.blocked}</Notice>;
  if (reason === 'closed' || reason === 'CancelledByUser') return <Notice tone="warning">{signIn.closed}</Notice>;
  if (error instanceof NotSignedInError) return <Notice tone="bad">{signIn.failed}</Notice>;
  return <ProblemNotice error={error} />;
}

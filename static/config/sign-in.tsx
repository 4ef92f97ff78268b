/** Signing in at the product: the button, the window, and what may have gone wrong. */
import { useEffect, useState } from 'preact/hooks';
import type { Session } from './client.ts';
import { useDesk } from './desk.ts';
import { makeProof, NotSignedInError, openSignIn, type Proof, signInAddress } from './pop-up.ts';
import { ActionButton, Notice, ProblemNotice, useOnce } from './ui.tsx';

interface SignInProps {
  readonly signInUrl: string;
  /** Microsoft's word for who this is: with it the account is remembered. */
  readonly entraToken?: string | undefined;
  readonly onSession: (session: Session) => void;
}

/** The button. The proof is made beforehand: a browser opens a window only in the click itself. */
export function SignInButton({ signInUrl, entraToken, onSession }: SignInProps) {
  const { words, settings, client, host, zone } = useDesk();
  const [proof, setProof] = useState<Proof>();
  const [forTenant, setForTenant] = useState(false);
  const { busy, error, run } = useOnce();
  const { brand } = settings;
  useEffect(() => void makeProof().then(setProof), []);
  const click = () =>
    run(async () => {
      if (proof === undefined) return;
      const url = signInAddress(signInUrl, proof.nonce);
      const opened = host === undefined ? openSignIn(url) : host.signIn(url);
      const code = await opened.finally(async () => setProof(await makeProof()));
      const as = host === undefined ? 'cookie' : 'bearer';
      const linking = entraToken === undefined ? {} : { entraToken, forTenant };
      onSession(await client.signIn({ code, verifier: proof.verifier, as, ...linking }, zone));
    });
  return (
    <div>
      {entraToken !== undefined && (
        <label class="check">
          <input
            type="checkbox"
            checked={forTenant}
            onChange={({ currentTarget }) => setForTenant(currentTarget.checked)}
          />
          <span>{words.signIn.everyone(brand.name)}</span>
        </label>
      )}
      <ActionButton kind="primary" busy={busy || proof === undefined} onClick={click}>
        {words.signIn.button(brand.name)}
      </ActionButton>
      <p class="quiet" role="status">
        {busy ? words.signIn.waiting : ''}
      </p>
      {error !== undefined && <SignInFault error={error} />}
    </div>
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

/** Why somebody has to sign in. */
export type SignInReason = 'link' | 'refused' | 'none';

interface SignInScreenProps {
  readonly why: SignInReason;
  readonly signInUrl: string | undefined;
  readonly entraToken?: string | undefined;
  readonly onSession: (session: Session) => void;
  readonly onRetry: () => void;
}

/** The whole page of signing in. */
export function SignInScreen({ why, signInUrl, entraToken, onSession, onRetry }: SignInScreenProps) {
  const { words, settings } = useDesk();
  const { brand } = settings;
  const { signIn } = words;
  return (
    <main class="narrow">
      <h1>{signIn.title(brand.name)}</h1>
      {why === 'refused' && <Notice tone="warning">{signIn.refused}</Notice>}
      {signInUrl !== undefined && (
        <>
          <p>{signIn.why(brand.name)}</p>
          {entraToken !== undefined && <p class="quiet">{signIn.once}</p>}
        </>
      )}
      {signInUrl !== undefined && <SignInButton signInUrl={signInUrl} entraToken={entraToken} onSession={onSession} />}
      {signInUrl === undefined && <p>{why === 'none' ? signIn.none(brand.name) : signIn.refusedHelp}</p>}
      {why === 'refused' && <ActionButton onClick={onRetry}>{words.tryAgain}</ActionButton>}
    </main>
  );
}

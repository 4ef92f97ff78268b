/** Signing in, at Microsoft or at the product: what there is to choose from, and the page of it. */
import { useState } from 'preact/hooks';
import type { PersonWord, Session } from './client.ts';
import { useDesk } from './desk.ts';
import { microsoftAddress, signInAddress } from './pop-up.ts';
import type { Settings } from './settings.ts';
import { ActionButton, Notice } from './ui.tsx';
import { WindowButton } from './window-button.tsx';

interface SignInButtonsProps {
  readonly signInUrl: string | undefined;
  /** Microsoft's word for who this is: with it the account is remembered. */
  readonly person?: PersonWord | undefined;
  readonly onSession: (session: Session) => void;
  readonly onUnlinked?: () => void;
}

/** What there is to sign in with: Microsoft, until it says who this is, and the product. */
export function SignInButtons({ signInUrl, person, onSession, onUnlinked }: SignInButtonsProps) {
  const { words, settings, host } = useDesk();
  const { brand } = settings;
  const [unlinked, setUnlinked] = useState<PersonWord>();
  const [forTenant, setForTenant] = useState(false);
  const known = unlinked ?? person;
  const asksMicrosoft = known === undefined && offersMicrosoft(settings, host !== undefined);
  return (
    <div>
      {asksMicrosoft && (
        <WindowButton
          label={words.signIn.microsoft}
          kind="primary"
          addressFor={microsoftAddress}
          onSession={onSession}
          onUnlinked={(found) => {
            setUnlinked(found);
            onUnlinked?.();
          }}
        />
      )}
      {known !== undefined && signInUrl !== undefined && (
        <label class="check">
          <input
            type="checkbox"
            checked={forTenant}
            onChange={({ currentTarget }) => setForTenant(currentTarget.checked)}
          />
          <span>{words.signIn.everyone(brand.name)}</span>
        </label>
      )}
      {signInUrl !== undefined && (
        <WindowButton
          label={words.signIn.button(brand.name)}
          {...(!asksMicrosoft && { kind: 'primary' as const })}
          {...(known !== undefined && { beside: { ...known, forTenant } })}
          addressFor={(nonce) => signInAddress(signInUrl, nonce)}
          onSession={onSession}
        />
      )}
    </div>
  );
}

/** True where somebody may sign in on Microsoft's page: in a frame, and on a page of its own where the product has no sign-in. */
export function offersMicrosoft({ withMicrosoft, signInUrl }: Settings, isFramed: boolean): boolean {
  return withMicrosoft === true && (isFramed || signInUrl === undefined);
}

/** Why somebody has to sign in. */
export type SignInReason = 'link' | 'refused' | 'none';

interface SignInScreenProps {
  readonly why: SignInReason;
  readonly signInUrl: string | undefined;
  readonly person?: PersonWord | undefined;
  readonly onSession: (session: Session) => void;
  readonly onRetry: () => void;
}

/** The whole page of signing in. */
export function SignInScreen({ why, signInUrl, person, onSession, onRetry }: SignInScreenProps) {
  const { words, settings, host } = useDesk();
  const [isKnown, setKnown] = useState(person !== undefined);
  const { brand } = settings;
  const { signIn } = words;
  const canSignIn = signInUrl !== undefined || offersMicrosoft(settings, host !== undefined);
  const isRefused = why === 'refused' && !isKnown;
  return (
    <main class="narrow">
      <h1>{signIn.title(brand.name)}</h1>
      {isRefused && <Notice tone="warning">{signIn.refused}</Notice>}
      {signInUrl !== undefined && (
        <>
          <p>{signIn.why(brand.name)}</p>
          {isKnown && <p class="quiet">{signIn.once}</p>}
        </>
      )}
      <SignInButtons signInUrl={signInUrl} person={person} onSession={onSession} onUnlinked={() => setKnown(true)} />
      {!canSignIn && <p>{why === 'none' ? signIn.none(brand.name) : signIn.refusedHelp}</p>}
      {isRefused && <ActionButton onClick={onRetry}>{words.tryAgain}</ActionButton>}
    </main>
  );
}

/** A channel that somebody else set up: shared by another owner of it, who has its key from the host; otherwise out of reach. */
import type { Session } from './client.ts';
import { useDesk } from './desk.ts';
import type { TakeOver } from './open.ts';
import { ActionButton, ProblemNotice, useOnce } from './ui.tsx';
import { WhoLine } from './who-line.tsx';

interface ForeignProps {
  readonly session: Session;
  readonly takeOver: TakeOver | undefined;
  readonly onShared: () => Promise<void>;
}

/** The screen. */
export function Foreign({ session, takeOver, onShared }: ForeignProps) {
  const { words, api } = useDesk();
  const { foreign } = words;
  const { busy, error, run } = useOnce();
  if (takeOver === undefined)
    return (
      <main class="narrow">
        <h1>{foreign.title}</h1>
        <p>{foreign.text}</p>
        <WhoLine session={session} />
        <p>
          <a href="/config">{foreign.all}</a>
        </p>
      </main>
    );
  const share = () =>
    run(async () => {
      await api.takeOver(takeOver.id, takeOver.channelKey);
      await onShared();
    });
  return (
    <main class="narrow">
      <h1>{foreign.takeOverTitle}</h1>
      <p>{foreign.takeOverText}</p>
      <WhoLine session={session} />
      {error !== undefined && <ProblemNotice error={error} />}
      <ActionButton kind="primary" busy={busy} onClick={share}>
        {foreign.takeOver}
      </ActionButton>
    </main>
  );
}

/** Somebody else saved first: show theirs, or save over them. Neither happens by itself. */
import { useDesk } from './desk.ts';
import { ActionButton, Notice } from './ui.tsx';

interface ConflictProps {
  readonly busy: boolean;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

/** The choice. */
export function ConflictNotice({ busy, onTheirs, onMine }: ConflictProps) {
  const { words } = useDesk();
  return (
    <Notice tone="warning">
      {words.conflict.text}
      <div class="buttons">
        <ActionButton busy={busy} onClick={onTheirs}>
          {words.conflict.theirs}
        </ActionButton>
        <ActionButton busy={busy} onClick={onMine}>
          {words.conflict.mine}
        </ActionButton>
      </div>
    </Notice>
  );
}

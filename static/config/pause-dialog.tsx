/** Pausing: until when, and what becomes of what arrives meanwhile. */
import { useState } from 'preact/hooks';
import { useDesk } from './desk.ts';
import { ActionButton, Dialog, Field, ProblemNotice, Select } from './ui.tsx';

/** How to pause; `until` as ISO 8601. */
export interface Pause {
  readonly keep: boolean;
  readonly until?: string;
}

interface PauseDialogProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onPause: (how: Pause) => void;
}

/** The API takes no later date: it would be a slip of the finger. */
const LONGEST_MS = 5 * 365 * 86_400_000;

/** The dialog. A date means the beginning of that day, by this browser's clock. */
export function PauseDialog({ busy, error, onClose, onPause }: PauseDialogProps) {
  const { words } = useDesk();
  const { actions } = words;
  const [keep, setKeep] = useState<'keep' | 'drop'>('keep');
  const [until, setUntil] = useState<'resumed' | 'date'>('resumed');
  const [date, setDate] = useState('');
  const [tried, setTried] = useState(false);
  const at = date === '' ? Number.NaN : new Date(`${date}T00:00`).getTime();
  const isFuture = at > Date.now() && at < Date.now() + LONGEST_MS;
  const pause = () => {
    setTried(true);
    if (until === 'resumed') onPause({ keep: keep === 'keep' });
    else if (isFuture) onPause({ keep: keep === 'keep', until: new Date(at).toISOString() });
  };
  return (
    <Dialog title={actions.pauseTitle} onClose={onClose}>
      <Select
        label={actions.until}
        value={until}
        options={[
          ['resumed', actions.untilResumed],
          ['date', actions.untilDate],
        ]}
        onChange={setUntil}
      />
      {until === 'date' && (
        <Field label={actions.date} fault={tried && !isFuture ? actions.dateNeeded : undefined}>
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              type="date"
              aria-describedby={describedBy}
              aria-invalid={invalid}
              value={date}
              onInput={({ currentTarget }) => setDate(currentTarget.value)}
            />
          )}
        </Field>
      )}
      <Select
        label={actions.arriving}
        value={keep}
        options={[
          ['keep', actions.keep],
          ['drop', actions.drop],
        ]}
        onChange={setKeep}
      />
      {error !== undefined && <ProblemNotice error={error} />}
      <div class="buttons end">
        <ActionButton onClick={onClose}>{words.cancel}</ActionButton>
        <ActionButton kind="primary" busy={busy} onClick={pause}>
          {actions.pause}
        </ActionButton>
      </div>
    </Dialog>
  );
}

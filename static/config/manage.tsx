/** What can be done with a channel that is set up: pause, resume, send now, change the webhook, remove. Each at once, with its own button. */
import { useState } from 'preact/hooks';
import type { SubscriptionView } from './api.ts';
import { useDesk } from './desk.ts';
import { PauseDialog } from './pause-dialog.tsx';
import { ActionButton, Dialog, Field, Notice, ProblemNotice, useOnce } from './ui.tsx';

interface ManageProps {
  readonly subscription: SubscriptionView;
  /** Events that wait for the next card; undefined while that is not known. */
  readonly waiting: { readonly count: number; readonly isAtLeast: boolean } | undefined;
  /** What the server now says; `asked` tells what for. */
  readonly onChanged: (subscription: SubscriptionView) => void;
  readonly onWaitingSent: () => void;
  readonly onRemoved: () => void;
}

type Open = 'pause' | 'webhook' | 'remove' | undefined;

/** The buttons and their dialogs. */
export function Manage({ subscription, waiting, onChanged, onWaitingSent, onRemoved }: ManageProps) {
  const { words, api, dates, host } = useDesk();
  const { actions } = words;
  const { id, state, target } = subscription;
  const [open, setOpen] = useState<Open>();
  const [done, setDone] = useState<string>();
  const { busy, error, run, forget } = useOnce();
  const act = (work: () => Promise<unknown>, said: string) => {
    setDone(undefined);
    return run(async () => {
      await work();
      setOpen(undefined);
      setDone(said);
    });
  };
  const close = () => {
    forget();
    setOpen(undefined);
  };
  const changed = (changing: Promise<SubscriptionView>) => changing.then(onChanged);
  return (
    <section class="section" aria-labelledby="manage-title">
      <h2 id="manage-title">{actions.title}</h2>
      <div class="buttons">
        {state === 'paused' ? (
          <ActionButton busy={busy} onClick={() => act(() => changed(api.resume(subscription)), actions.resumed)}>
            {actions.resume}
          </ActionButton>
        ) : (
          state === 'active' && <ActionButton onClick={() => setOpen('pause')}>{actions.pause}…</ActionButton>
        )}
        <ActionButton
          busy={busy}
          disabled={waiting?.count === 0 || state !== 'active'}
          onClick={() => act(() => api.sendNow(id).then(onWaitingSent), actions.sent)}
        >
          {waiting?.count === 0 ? actions.sendNowNone : actions.sendNow(waitingText())}
        </ActionButton>
        {host === undefined && <ActionButton onClick={() => setOpen('webhook')}>{actions.webhook}…</ActionButton>}
        {host === undefined && (
          <ActionButton kind="danger" onClick={() => setOpen('remove')}>
            {actions.remove}…
          </ActionButton>
        )}
      </div>
      {done !== undefined && <Notice tone="good">{done}</Notice>}
      {error !== undefined && open === undefined && <ProblemNotice error={error} />}
      {open === 'pause' && (
        <PauseDialog
          busy={busy}
          error={error}
          onClose={close}
          onPause={(how) => act(() => changed(api.pause(subscription, how)), actions.paused)}
        />
      )}
      {open === 'webhook' && (
        <WebhookDialog
          busy={busy}
          error={error}
          onClose={close}
          onWebhook={(webhook) => act(() => changed(api.rotate(subscription, webhook)), actions.webhookChanged)}
        />
      )}
      {open === 'remove' && (
        <Dialog title={actions.removeTitle(target.name)} onClose={close}>
          <p>{actions.removeText}</p>
          {error !== undefined && <ProblemNotice error={error} />}
          <div class="buttons end">
            <ActionButton onClick={close}>{words.cancel}</ActionButton>
            <ActionButton
              kind="danger"
              busy={busy}
              onClick={() => act(() => api.remove(subscription).then(onRemoved), actions.removed)}
            >
              {actions.removeConfirm}
            </ActionButton>
          </div>
        </Dialog>
      )}
    </section>
  );

  function waitingText(): string {
    return waiting === undefined ? '…' : `${dates.number(waiting.count)}${waiting.isAtLeast ? '+' : ''}`;
  }
}

interface WebhookDialogProps {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onWebhook: (webhook: string) => void;
}

function WebhookDialog({ busy, error, onClose, onWebhook }: WebhookDialogProps) {
  const { words } = useDesk();
  const { actions, start } = words;
  const [webhook, setWebhook] = useState('');
  const [tried, setTried] = useState(false);
  const isAddress = /^https?:\/\/\S+$/.test(webhook);
  const save = () => {
    setTried(true);
    if (isAddress) onWebhook(webhook);
  };
  return (
    <Dialog title={actions.webhookTitle} onClose={onClose}>
      <p>{actions.webhookText}</p>
      <Field
        label={actions.webhookNew}
        hint={start.addressHint}
        fault={tried && !isAddress ? start.addressWrong : undefined}
      >
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            type="url"
            autocomplete="off"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={webhook}
            onInput={({ currentTarget }) => setWebhook(currentTarget.value.trim())}
          />
        )}
      </Field>
      {error !== undefined && <ProblemNotice error={error} />}
      <div class="buttons end">
        <ActionButton onClick={onClose}>{words.cancel}</ActionButton>
        <ActionButton kind="primary" busy={busy} onClick={save}>
          {actions.webhookSave}
        </ActionButton>
      </div>
    </Dialog>
  );
}

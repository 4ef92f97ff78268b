/** The few parts that everything on the page is made of: notices, buttons that wait, fields, dialogs. */
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useDesk } from './desk.ts';
import { Problem, sentenceFor } from './problem.ts';

/** How much a notice matters. */
export type Tone = 'info' | 'good' | 'warning' | 'bad';
const MARKS: Readonly<Record<Tone, string>> = { info: 'ℹ', good: '✓', warning: '⚠', bad: '✕' };

/** Something said in a box. Bad news is announced at once, the rest when there is time. */
export function Notice({ tone, children }: { tone: Tone; children: ComponentChildren }) {
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <span class="mark" aria-hidden="true">
        {MARKS[tone]}
      </span>
      <div>{children}</div>
    </div>
  );
}

/** A failure in words; one we do not know, with its code, for those who are asked for help. */
export function ProblemNotice({ error }: { error: unknown }) {
  const { words } = useDesk();
  const sentence = sentenceFor(error);
  const code = sentence === 'unknown' && error instanceof Problem ? error.code : undefined;
  return (
    <Notice tone="bad">
      {words.problems[sentence]}
      {code !== undefined && <span class="quiet"> {words.problems.code(code)}</span>}
    </Notice>
  );
}

interface ActionButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'onClick'> {
  readonly kind?: 'primary' | 'danger' | 'plain';
  readonly busy?: boolean;
  readonly onClick: () => void;
}

/** A button. While `busy` it keeps the focus and takes no second click. */
export function ActionButton({ kind = 'plain', busy = false, onClick, children, ...rest }: ActionButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={kind}
      aria-disabled={busy ? 'true' : undefined}
      onClick={() => busy || onClick()}
    >
      {busy && <span class="spinner small" aria-hidden="true" />}
      {children}
    </button>
  );
}

/** Runs one thing at a time: a click while it runs does nothing, its failure is shown until the next one; or `keeps` until that is done. */
export function useOnce() {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (work: () => Promise<void>, before: 'forgets' | 'keeps' = 'forgets') => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    if (before === 'forgets') setError(undefined);
    try {
      await work();
      setError(undefined);
    } catch (failure) {
      setError(failure ?? new Error('unknown'));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, error, run, forget: () => setError(undefined) };
}

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly children: (ids: { id: string; describedBy: string | undefined; invalid: boolean }) => ComponentChildren;
}

/** A label above a field, with its hint and what is wrong with it. */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, fault === undefined ? '' : `${id}-fault`].filter(Boolean);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({ id, describedBy: described.join(' ') || undefined, invalid: fault !== undefined })}
      <FaultLine id={`${id}-fault`} fault={fault} />
    </div>
  );
}

/** What is wrong with a field, beside it. */
export function FaultLine({ id, fault }: { id?: string; fault: string | undefined }) {
  if (fault === undefined) return null;
  return (
    <p class="fault" id={id}>
      <span aria-hidden="true">⚠ </span>
      {fault}
    </p>
  );
}

interface SelectProps<V extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: V;
  readonly options: readonly (readonly [V, string])[];
  readonly onChange: (value: V) => void;
}

/** A list to choose one of. */
export function Select<V extends string>({ label, hint, value, options, onChange }: SelectProps<V>) {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => (
        <select
          id={id}
          aria-describedby={describedBy}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = options.find(([option]) => option === currentTarget.value);
            if (chosen !== undefined) onChange(chosen[0]);
          }}
        >
          {options.map(([option, name]) => (
            <option key={option} value={option} selected={option === value}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page: Escape closes it, the focus comes back to where it was. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

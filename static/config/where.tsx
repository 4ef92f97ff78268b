/** Where the cards go: Connect to Office 365, or an address pasted from Workflows or Incoming Webhook, with how to get one. */
import { useDesk } from './desk.ts';
import { FlowGuide } from './flow-guide.tsx';
import { Field } from './ui.tsx';

/** What is pasted and how it is called. */
export interface PastedTarget {
  readonly webhook: string;
  readonly name: string;
}

/** What is wrong with it. */
export type TargetFault = 'address' | 'address-wrong' | 'name';

interface WhereProps {
  readonly target: PastedTarget;
  readonly faults: readonly TargetFault[];
  readonly change: (part: Partial<PastedTarget>) => void;
}

/** Faults of a pasted target. The server knows which hosts are allowed: here only what cannot be an address. */
export function targetFaults({ webhook, name }: PastedTarget): TargetFault[] {
  const address = webhook.trim();
  const faults: (TargetFault | false)[] = [
    address === '' && 'address',
    address !== '' && !/^https?:\/\/[^\s/]+\/\S+$/.test(address) && 'address-wrong',
    name.trim() === '' && 'name',
  ];
  return faults.filter((fault) => fault !== false);
}

/** `connector` for an address of Office 365's connectors, else `workflow`; the server decides by the exact host. */
export function kindOf(webhook: string): 'connector' | 'workflow' {
  return /\/(webhook|webhookb2)\//i.test(webhook) ? 'connector' : 'workflow';
}

/** The fields. */
export function Where({ target, faults, change }: WhereProps) {
  const { words, settings, zone } = useDesk();
  const { start } = words;
  const fault = faults.includes('address')
    ? start.addressNeeded
    : faults.includes('address-wrong')
      ? start.addressWrong
      : undefined;
  return (
    <fieldset class="section">
      <legend>{start.where}</legend>
      <Field label={start.address} hint={start.addressHint} fault={fault}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            type="url"
            autocomplete="off"
            spellcheck={false}
            placeholder="https://…"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={target.webhook}
            onInput={({ currentTarget }) => change({ webhook: currentTarget.value.trim() })}
          />
        )}
      </Field>
      <FlowGuide />
      <Field label={start.name} hint={start.nameHint} fault={faults.includes('name') ? start.nameNeeded : undefined}>
        {({ id, describedBy, invalid }) => (
          <input
            id={id}
            type="text"
            maxLength={100}
            dir="auto"
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={target.name}
            onInput={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        )}
      </Field>
      {settings.canConnect && (
        <div class="or">
          <span>{start.or}</span>
          <a class="button" href={`/connect?timeZone=${encodeURIComponent(zone)}`}>
            {start.connect}
          </a>
          <span class="hint">{start.connectHint}</span>
        </div>
      )}
    </fieldset>
  );
}

/** How bad an event has to be to come at all, and to come at once. */
import type { Severity } from '../../shared/subscriptions/severity.ts';
import { useDesk } from './desk.ts';
import type { Draft } from './draft.ts';
import { Select } from './ui.tsx';

const LEAST: readonly Severity[] = ['info', 'warning', 'error', 'critical'];
const URGENT = ['none', 'critical', 'error', 'warning', 'info'] as const;

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

/** Two lists; the second only where waiting is possible. */
export function Importance({ draft, change }: PartProps) {
  const { words } = useDesk();
  const { form } = words;
  return (
    <div class="section row">
      <Select
        label={form.minSeverity}
        value={draft.minSeverity}
        options={LEAST.map((severity) => [severity, form.minSeverityOptions[severity]] as const)}
        onChange={(minSeverity) => change({ minSeverity })}
      />
      {draft.timing.every !== 'now' && (
        <Select
          label={form.urgent}
          value={draft.urgentSeverity ?? 'none'}
          options={URGENT.map((severity) => [severity, form.urgentOptions[severity]] as const)}
          onChange={(severity) => change({ urgentSeverity: severity === 'none' ? null : severity })}
        />
      )}
    </div>
  );
}

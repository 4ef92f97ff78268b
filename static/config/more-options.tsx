/** What most people leave as it is: an empty digest, the cards' language, who may answer, who hears of trouble. */
import { LANGUAGES } from '../words/load.ts';
import { useDesk } from './desk.ts';
import type { Draft } from './draft.ts';
import { NoticeTo } from './notice-to.tsx';
import { Check } from './topics.tsx';
import { Select } from './ui.tsx';

interface PartProps {
  readonly draft: Draft;
  /** The channel that is edited; undefined for a new one. */
  readonly of: string | undefined;
  readonly change: (part: Partial<Draft>) => void;
}

/** The options, folded away. */
export function MoreOptions({ draft, change, of }: PartProps) {
  const { words } = useDesk();
  const { form } = words;
  const known = LANGUAGES.map((language) => [language as string, words.languages[language]] as const);
  const chosen = LANGUAGES.find((language) => draft.locale.split('-')[0] === language) ?? 'en';
  return (
    <details class="section">
      <summary>{form.more}</summary>
      <div class="row">
        {draft.timing.every !== 'now' && (
          <Select
            label={form.whenEmpty}
            value={draft.whenEmpty}
            options={(['skip', 'say'] as const).map((what) => [what, form.whenEmptyOptions[what]] as const)}
            onChange={(whenEmpty) => change({ whenEmpty })}
          />
        )}
        <Select
          label={form.language}
          value={chosen as string}
          options={known}
          onChange={(locale) => change({ locale })}
        />
      </div>
      <Check
        label={form.identity}
        hint={form.identityHint}
        checked={draft.requireIdentity}
        onChange={(requireIdentity) => change({ requireIdentity })}
      />
      <NoticeTo draft={draft} change={change} of={of} />
    </details>
  );
}

/** The parts of the account that a channel hears about; none chosen means all. */
import { useState } from 'preact/hooks';
import type { Scope } from './api.ts';
import { useDesk } from './desk.ts';
import type { Draft } from './draft.ts';
import { Check } from './topics.tsx';
import { plain } from './zones.ts';

/** Lists longer than this can be searched. */
const SEARCH_FROM = 8;

interface ScopesProps {
  readonly scopes: readonly Scope[];
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

/** The list; nothing when the account has none. A chosen one that is gone stays, so that it can be given up. */
export function Scopes({ scopes, draft, change }: ScopesProps) {
  const { words } = useDesk();
  const [search, setSearch] = useState('');
  const gone = draft.scopes.filter((id) => !scopes.some((scope) => scope.id === id)).map((id) => ({ id, name: id }));
  const all = [...scopes, ...gone];
  if (all.length === 0) return null;
  const shown = all.filter(({ id, name }) => plain(`${id} ${name}`).includes(plain(search)));
  return (
    <fieldset class="section" aria-describedby="scopes-hint">
      <legend>{words.form.scopes}</legend>
      <p class="hint" id="scopes-hint">
        {words.form.scopesHint}
      </p>
      {all.length > SEARCH_FROM && (
        <div class="search">
          <input
            type="search"
            value={search}
            placeholder={words.form.searchScopes}
            aria-label={words.form.searchScopes}
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section class="choices short" tabIndex={0} aria-label={words.form.scopes}>
        {shown.map(({ id, name }) => (
          <Check
            key={id}
            label={name}
            checked={draft.scopes.includes(id)}
            onChange={(on) => change({ scopes: on ? [...draft.scopes, id] : draft.scopes.filter((one) => one !== id) })}
          />
        ))}
      </section>
    </fieldset>
  );
}

/** The topics: searchable, in the catalogue's groups, each with a sentence. */
import { useMemo, useState } from 'preact/hooks';
import { type Texts, type Topic, textIn } from './api.ts';
import { useDesk } from './desk.ts';
import type { Draft } from './draft.ts';
import { FaultLine } from './ui.tsx';
import { plain } from './zones.ts';

interface TopicsProps {
  readonly topics: readonly Topic[];
  readonly draft: Draft;
  readonly fault: string | undefined;
  readonly change: (part: Partial<Draft>) => void;
}

interface ShownTopic {
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly words: string;
}

/** The list. Without a choice of topics everything comes. */
export function Topics({ topics, draft, fault, change }: TopicsProps) {
  const { words, locale, dates } = useDesk();
  const [search, setSearch] = useState('');
  const groups = useMemo(() => groupsOf(topics, locale), [topics, locale]);
  const wanted = plain(search).split(/\s+/).filter(Boolean);
  const found = groups
    .map(
      ([group, list]) => [group, list.filter((topic) => wanted.every((word) => topic.words.includes(word)))] as const,
    )
    .filter(([, list]) => list.length > 0);
  const count = found.reduce((sum, [, list]) => sum + list.length, 0);
  const chosen = new Set(draft.topics);
  const put = (types: readonly string[], on: boolean) => {
    const rest = draft.topics.filter((type) => !types.includes(type));
    change({ topics: on ? [...rest, ...types] : rest });
  };
  const recommended = topics.filter((topic) => topic.recommended).map(({ type }) => type);
  return (
    <fieldset class="section" aria-describedby="topics-hint topics-fault">
      <legend>{words.form.topics}</legend>
      <p class="hint" id="topics-hint">
        {words.form.topicsHint}
      </p>
      <Check
        label={words.form.everything}
        hint={words.form.everythingHint}
        checked={draft.everything}
        onChange={(everything) => change({ everything })}
      />
      {!draft.everything && (
        <>
          <div class="search">
            <input
              type="search"
              value={search}
              placeholder={words.form.searchTopics}
              aria-label={words.form.searchTopics}
              onInput={({ currentTarget }) => setSearch(currentTarget.value)}
            />
            <span class="quiet">
              {words.form.chosen(dates.number(draft.topics.length), dates.number(topics.length))}
            </span>
          </div>
          <p class="unseen" role="status">
            {search === '' ? '' : words.form.topicsFound(count)}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
          <section class="choices" tabIndex={0} aria-label={words.form.topics}>
            {found.map(([group, list]) => (
              <div key={group} class="choice-group">
                <Check
                  strong
                  label={group}
                  name={words.form.wholeGroup(group)}
                  checked={list.every(({ type }) => chosen.has(type))}
                  partly={list.some(({ type }) => chosen.has(type))}
                  onChange={(on) =>
                    put(
                      list.map(({ type }) => type),
                      on,
                    )
                  }
                />
                {list.map(({ type, name, description }) => (
                  <Check
                    key={type}
                    label={name}
                    hint={description}
                    checked={chosen.has(type)}
                    onChange={(on) => put([type], on)}
                  />
                ))}
              </div>
            ))}
            {count === 0 && <p class="quiet">{words.form.noTopic}</p>}
          </section>
          {recommended.length > 0 && (
            <button type="button" class="link" onClick={() => change({ topics: recommended })}>
              {words.form.recommended}
            </button>
          )}
        </>
      )}
      <FaultLine id="topics-fault" fault={fault} />
    </fieldset>
  );
}

interface CheckProps {
  readonly label: string;
  /** What it is called where the label alone says too little. */
  readonly name?: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly partly?: boolean;
  readonly strong?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A box to tick. Foreign names find their own direction. */
export function Check({ label, name, hint, checked, partly = false, strong = false, onChange }: CheckProps) {
  return (
    <label class={strong ? 'check strong' : 'check'}>
      <input
        type="checkbox"
        checked={checked}
        indeterminate={partly && !checked}
        aria-label={name}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span>
        <span dir="auto">{label}</span>
        {hint !== undefined && hint !== '' && <small dir="auto">{hint}</small>}
      </span>
    </label>
  );
}

function groupsOf(topics: readonly Topic[], locale: string): [string, ShownTopic[]][] {
  const say = (texts: Texts) => textIn(texts, locale);
  const groups = new Map<string, ShownTopic[]>();
  for (const { type, group, name, description } of topics) {
    const title = say(group);
    const shown = { type, name: say(name), description: say(description) };
    const list = groups.get(title) ?? [];
    list.push({ ...shown, words: plain(`${title} ${shown.name} ${shown.description}`) });
    groups.set(title, list);
  }
  return [...groups];
}

/** The time zone: type a city or a country, choose from what is found. The ARIA combobox pattern, with a list. */
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import { useDesk } from './desk.ts';
import { Field } from './ui.tsx';
import { findZones, listZones, type Zone } from './zones.ts';

/** More than this nobody reads. */
const MOST_SHOWN = 50;

interface ZoneFieldProps {
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (zone: string) => void;
}

/** The field. What is typed and not chosen is given up when the field is left. */
export function ZoneField({ value, fault, onChange }: ZoneFieldProps) {
  const { words, locale } = useDesk();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const [active, setActive] = useState(0);
  const isOpen = typed !== undefined;
  const zones = useMemo(() => (isOpen ? listZones(locale, Date.now()) : []), [isOpen, locale]);
  const found = isOpen ? findZones(zones, typed).slice(0, MOST_SHOWN) : [];
  const close = () => {
    setTyped(undefined);
    setActive(0);
  };
  const choose = (zone: Zone | undefined) => {
    if (zone !== undefined) onChange(zone.id);
    close();
  };
  const move = (by: number) => {
    if (!isOpen) return setTyped('');
    const next = (active + by + found.length) % Math.max(found.length, 1);
    setActive(next);
    document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && isOpen) choose(found[active]);
    else if (event.key === 'Escape' && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Field label={words.form.zone} hint={words.form.zoneHint} fault={fault}>
      {({ id, describedBy, invalid }) => (
        <div class="combobox">
          <input
            ref={input}
            id={id}
            role="combobox"
            autocomplete="off"
            spellcheck={false}
            aria-expanded={isOpen}
            aria-controls={isOpen ? list : undefined}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && found.length > 0 ? `${list}-${active}` : undefined}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            value={typed ?? value.replaceAll('_', ' ')}
            onFocus={({ currentTarget }) => currentTarget.select()}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setActive(0);
            }}
            onClick={() => isOpen || setTyped('')}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          {isOpen && (
            <div id={list} role="listbox" aria-label={words.form.zone}>
              {found.map((zone, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
                <div
                  key={zone.id}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => choose(zone)}
                >
                  <span>{zone.city}</span> <small>{`${zone.id.replaceAll('_', ' ')} (${zone.offset})`}</small>
                </div>
              ))}
            </div>
          )}
          <p class="unseen" role="status">
            {isOpen ? words.form.zonesFound(found.length) : ''}
          </p>
        </div>
      )}
    </Field>
  );
}

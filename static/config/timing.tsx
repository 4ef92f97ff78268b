/** When to tell: how often, at what time, on which days, by whose clock. */
import type { Schedule, Weekday } from '../../shared/schedules/schedule.ts';
import { useDesk } from './desk.ts';
import { type Draft, type Fault, type Timing, WEEKDAYS } from './draft.ts';
import { FaultLine, Field, Select } from './ui.tsx';
import { ZoneField } from './zone-field.tsx';

const FREQUENCIES: readonly Schedule['every'][] = ['now', 'hour', 'day', 'week', 'month'];

interface TimingProps {
  readonly draft: Draft;
  readonly faults: readonly Fault[];
  readonly change: (part: Partial<Draft>) => void;
}

/** The fields; only those that the frequency needs. */
export function TimingFields({ draft, faults, change }: TimingProps) {
  const { words } = useDesk();
  const { form } = words;
  const { timing } = draft;
  const put = (part: Partial<Timing>) => change({ timing: { ...timing, ...part } });
  const say = (fault: Fault, text: string) => (faults.includes(fault) ? text : undefined);
  return (
    <fieldset class="section">
      <legend>{form.when}</legend>
      <div class="segments" role="radiogroup" aria-label={form.when}>
        {FREQUENCIES.map((every) => (
          <label key={every}>
            <input
              type="radio"
              name="every"
              value={every}
              checked={timing.every === every}
              onChange={() => put({ every })}
            />
            <span>{form.every[every]}</span>
          </label>
        ))}
      </div>
      <div class="row">
        {timing.every === 'week' && <DaySelect label={form.day} value={timing.day} onChange={(day) => put({ day })} />}
        {timing.every === 'month' && <MonthDay value={timing.monthDay} onChange={(monthDay) => put({ monthDay })} />}
        {timing.every === 'hour' && (
          <Field label={form.minute}>
            {({ id }) => (
              <input
                id={id}
                type="number"
                min={0}
                max={59}
                value={timing.minute}
                onInput={({ currentTarget }) => put({ minute: currentTarget.valueAsNumber })}
              />
            )}
          </Field>
        )}
        {timing.every !== 'now' && timing.every !== 'hour' && (
          <Field label={form.at} fault={say('at', form.atNeeded)}>
            {({ id, describedBy, invalid }) => (
              <input
                id={id}
                type="time"
                required
                aria-describedby={describedBy}
                aria-invalid={invalid}
                value={timing.at}
                onInput={({ currentTarget }) => put({ at: currentTarget.value })}
              />
            )}
          </Field>
        )}
        {timing.every !== 'now' && (
          <ZoneField
            value={timing.timeZone}
            fault={say('zone', form.zoneWrong)}
            onChange={(timeZone) => put({ timeZone })}
          />
        )}
      </div>
      {timing.every === 'day' && (
        <Days days={timing.days} fault={say('days', form.daysNeeded)} onChange={(days) => put({ days })} />
      )}
    </fieldset>
  );
}

function Days(props: { days: readonly Weekday[]; fault: string | undefined; onChange: (days: Weekday[]) => void }) {
  const { words, dates } = useDesk();
  const { days, fault, onChange } = props;
  return (
    <fieldset class="days" aria-describedby={fault === undefined ? undefined : 'days-fault'}>
      <legend>{words.form.days}</legend>
      <div class="segments">
        {WEEKDAYS.map((day, index) => {
          const { long, short } = dates.weekday(index);
          return (
            <label key={day}>
              <input
                type="checkbox"
                aria-label={long}
                checked={days.includes(day)}
                onChange={({ currentTarget }) =>
                  onChange(currentTarget.checked ? [...days, day] : days.filter((one) => one !== day))
                }
              />
              <span>{short}</span>
            </label>
          );
        })}
      </div>
      <FaultLine id="days-fault" fault={fault} />
    </fieldset>
  );
}

function DaySelect(props: { label: string; value: Weekday; onChange: (day: Weekday) => void }) {
  const { dates } = useDesk();
  return <Select {...props} options={WEEKDAYS.map((day, index) => [day, dates.weekday(index).long] as const)} />;
}

function MonthDay({ value, onChange }: { value: number | 'last'; onChange: (day: number | 'last') => void }) {
  const { words, dates } = useDesk();
  const numbers = Array.from({ length: 31 }, (_, index) => [String(index + 1), dates.number(index + 1)] as const);
  const late = typeof value === 'number' && value > 28;
  return (
    <Select
      label={words.form.monthDay}
      {...(late ? { hint: words.form.shortMonths } : {})}
      value={String(value)}
      options={[...numbers, ['last', words.form.lastDay]]}
      onChange={(day) => onChange(day === 'last' ? 'last' : Number(day))}
    />
  );
}

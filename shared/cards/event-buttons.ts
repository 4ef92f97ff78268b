/** The answers that an event's actions ask for, as buttons of a card. */
import type { Event, EventAction } from '../events/event.ts';
import type { Voice } from './card-input.ts';
import type { ViewButton, ViewInput } from './card-view.ts';
import { NAME_LIMIT, toOneLine } from './plain-text.ts';

/** Actions a section may have, a link among them (docs/microsoft.md, "Limits"). */
const MAX_BUTTONS = 3;
const MAX_INPUTS = 5;
const MAX_CHOICES = 20;

/** Buttons for the actions that can be answered, and were not. */
export function eventButtons(event: Event, actions: readonly EventAction[], { links, acts }: Voice): ViewButton[] {
  const done = acts?.(event) ?? [];
  return actions.slice(0, MAX_BUTTONS).flatMap((action) => {
    const answer = done.some((act) => act.action === action.id) ? undefined : links.answer?.(event, action);
    if (answer === undefined) return [];
    const inputs = (action.inputs ?? []).slice(0, MAX_INPUTS).map(toViewInput);
    return [{ name: toOneLine(action.title, NAME_LIMIT), inputs, ...answer }];
  });
}

type Input = NonNullable<EventAction['inputs']>[number];

/** An input as cards and pages show it. */
export function toViewInput(input: Input): ViewInput {
  const choices = input.choices?.slice(0, MAX_CHOICES).map(({ display, value }) => ({
    display: toOneLine(display, NAME_LIMIT),
    value,
  }));
  return {
    id: input.id,
    type: input.type,
    title: toOneLine(input.title ?? input.id, NAME_LIMIT),
    isRequired: input.required ?? false,
    isMultiline: input.multiline,
    maxLength: input.maxLength,
    includeTime: input.includeTime,
    isMultiSelect: input.multiSelect,
    choices,
    value: input.value,
  };
}

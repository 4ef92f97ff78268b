/** Pressing a button from a page or a script, and reading what was pressed. */

import type { Control } from '../control/control.ts';
import { textOf } from '../control/parse.ts';
import { CallerError, isRecord, readJson } from '../http/body.ts';
import { type Call, json, type Reply, type Route, route } from '../http/router.ts';

/** `/_host` is for the pages, `/_control` for scripts; both press the same way. */
export function actionRoutes(control: Control): Route[] {
  const press = (call: Call) => pressed(control, call);
  return [
    route('POST', '/_host/press', press),
    route('POST', '/_control/press', press),
    route('GET', '/_control/actions', () => json(200, control.actions.list())),
  ];
}

async function pressed({ messages, world, pressButton }: Control, call: Call): Promise<Reply> {
  const fields = await readJson(call);
  const message = messages.find(textOf(fields, 'message') ?? '');
  const path = textOf(fields, 'path');
  if (message === undefined || path === undefined) throw new CallerError(404, 'no such message or button');
  const given = isRecord(fields['inputs']) ? fields['inputs'] : {};
  const inputs = Object.fromEntries(Object.entries(given).map(([id, value]) => [id, String(value)]));
  return json(200, await pressButton({ message, path, inputs, user: world.user(textOf(fields, 'user')) }));
}

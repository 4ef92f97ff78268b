/** What every part of the page has at hand: words, dates, the API, the host around it. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Speech } from '../words/load.ts';
import type { Api } from './api.ts';
import type { Client } from './client.ts';
import type { Dates } from './dates.ts';
import type { Host } from './host.ts';
import type { Settings } from './settings.ts';

/** The page's desk. `host` is there when Teams or Outlook frame the page. */
export interface Desk extends Speech {
  readonly settings: Settings;
  readonly client: Client;
  readonly api: Api;
  readonly host: Host | undefined;
  readonly dates: Dates;
  /** The zone of the browser. */
  readonly zone: string;
}

const DeskContext = createContext<Desk | undefined>(undefined);
/** Gives the desk to everything inside. */
export const DeskProvider = DeskContext.Provider;

/** The desk, for a component. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('no desk');
  return desk;
}

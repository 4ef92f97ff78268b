/** Whether a query is KQL, and right about its tables: by Microsoft's own analyser, which its editors use. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { INSIGHTS_COLUMNS } from '../../local/insights/tables.ts';

/** C# compiled to scripts that make globals: they get a global object of their own. */
const SCRIPTS = ['bridge.min.js', 'Kusto.Language.Bridge.min.js'];

/** As much of it as is used here. Source: "Kusto.Language", Microsoft Learn. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(columns: string): { WithName(name: string): object } };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly object[]) => object };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: object,
    ): { GetDiagnostics(): { readonly Count: number; getItem(index: number): { readonly Message: string } } };
  };
}

/** Loads the analyser, which takes a second, and gives the function that says what is wrong with a query. */
export function createAnalyseKql(): (query: string) => string[] {
  const dir = dirname(createRequire(import.meta.url).resolve('@kusto/language-service-next'));
  const globals = createContext({ console, setTimeout, clearTimeout, process });
  Object.assign(globals, { self: globals, global: globals });
  for (const name of SCRIPTS) runInContext(readFileSync(join(dir, name), 'utf8'), globals, { filename: name });
  const { Language } = (globals as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto;
  const { TableSymbol, DatabaseSymbol } = Language.Symbols;
  const tables = Object.entries(INSIGHTS_COLUMNS).map(([name, columns]) => {
    const typed = Object.entries(columns).map(([column, type]) => `${column}:${type}`);
    return TableSymbol.From(`(${typed.join(',')})`).WithName(name);
  });
  const state = Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor('insights', tables));
  return (query) => {
    const found = Language.KustoCode.ParseAndAnalyze(query, state).GetDiagnostics();
    return Array.from({ length: found.Count }, (_, index) => found.getItem(index).Message);
  };
}

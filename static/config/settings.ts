/** What the server wrote into the page: the product's face and where to sign in. */

/** The product as people know it. */
export interface Brand {
  readonly name: string;
  readonly logo: string;
  readonly supportUrl: string;
}

/** A person as far as we know them: Entra's ids, or the product's own name for them. */
export interface Person {
  readonly tid?: string;
  readonly oid?: string;
  readonly sub?: string;
  readonly name?: string;
}

/** Who is signed in. */
export interface Who {
  readonly account: string;
  readonly person: Person;
}

/** The page's settings. `hosts`: origins besides Microsoft's that may frame it. `who`: whom the cookie names. */
export interface Settings {
  readonly brand: Brand;
  readonly hosts: readonly string[];
  readonly canConnect: boolean;
  /** People can sign in on Microsoft's own page. */
  readonly withMicrosoft?: boolean;
  readonly signInUrl?: string;
  readonly who?: Who;
}

/** Reads them from the element that the page is drawn into. */
export function readSettings<S = Settings>(root: {
  readonly dataset: Readonly<Record<string, string | undefined>>;
}): S {
  return JSON.parse(root.dataset['settings'] ?? '{}') as S;
}

/** What the pages behind links say when nothing was sent: one type, so that a sentence missing from a language does not compile. */

/** What can be wrong with an input that a person filled in on our page. */
export type InputFault =
  | { readonly is: 'missing' | 'date' | 'date-time' | 'choice'; readonly input: string }
  | { readonly is: 'long'; readonly input: string; readonly most: number }
  | { readonly is: 'past-day' | 'long-altogether' };

/** Every sentence. `help` stands before a code. */
export interface RefusalWords {
  readonly title: string;
  readonly help: string;
  readonly address: string;
  readonly withdrawn: string;
  readonly old: string;
  readonly removed: string;
  readonly unknown: string;
  readonly otherOrganisation: string;
  readonly formOld: string;
  readonly signInMissing: string;
  readonly signInRefused: string;
  readonly signInFailed: string;
  readonly kept: string;
  readonly failed: string;
  readonly input: (fault: InputFault) => string;
}

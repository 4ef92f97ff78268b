/** Why nothing was sent, in English. */
import type { RefusalWords } from './words.ts';

/** Every sentence in English. */
export const en: RefusalWords = {
  title: 'Nothing was sent',
  help: 'If you ask for help, give this code:',
  address: 'This address is not complete, or was changed on its way. Open it from the card again.',
  withdrawn: 'This card is no longer accepted, since its key was withdrawn. Use a newer card.',
  old: 'This card is older than 31 days and can no longer be answered.',
  removed: 'These notifications were removed, so their cards can no longer be answered.',
  unknown: 'This can no longer be answered here. If there is a newer card, use that one.',
  otherOrganisation: 'This card belongs to another organisation than you do.',
  formOld: 'This page was open for too long. Open the link again, then send your answer.',
  signInMissing: 'Who you are must be known here, and signing in is not set up. Tell whoever runs this connector.',
  signInRefused: 'You did not sign in, so nothing was sent. Open the link again to try once more.',
  signInFailed: 'Signing in did not work, or was begun in another browser. Open the link again.',
  kept: 'Your answer was kept but could not be passed on yet. It will be within the hour, or send it again.',
  failed: 'Something failed on our side. Try again in a minute.',
  input: (fault) => {
    switch (fault.is) {
      case 'missing':
        return `"${fault.input}" must be filled in.`;
      case 'long':
        return `"${fault.input}" may have at most ${fault.most} characters.`;
      case 'date':
        return `"${fault.input}" must be a date, as 2026-12-24.`;
      case 'date-time':
        return `"${fault.input}" must be a date with a time, as 2026-12-24T09:00.`;
      case 'choice':
        return `"${fault.input}" must be one of the choices offered.`;
      case 'past-day':
        return 'Choose a day that is still to come.';
      case 'long-altogether':
        return 'What was filled in is too long altogether. Shorten it, then send it again.';
      default:
        return fault satisfies never;
    }
  },
};

/** Why nothing was sent, in French. */
import type { RefusalWords } from './words.ts';

/** Every sentence in French. */
export const fr: RefusalWords = {
  title: 'Rien n’a été envoyé',
  help: 'Si vous demandez de l’aide, donnez ce code :',
  address: 'Cette adresse est incomplète ou a été modifiée en chemin. Ouvrez-la de nouveau depuis la carte.',
  withdrawn: 'Cette carte n’est plus acceptée, car sa clé a été retirée. Utilisez une carte plus récente.',
  old: 'Cette carte date de plus de 31 jours et ne peut plus recevoir de réponse.',
  removed: 'Ces notifications ont été supprimées ; on ne peut plus répondre à leurs cartes.',
  unknown: 'On ne peut plus répondre ici. S’il existe une carte plus récente, utilisez-la.',
  otherOrganisation: 'Cette carte appartient à une autre organisation que la vôtre.',
  formOld: 'Cette page est restée ouverte trop longtemps. Ouvrez de nouveau le lien, puis envoyez votre réponse.',
  signInMissing:
    'Il faut savoir ici qui vous êtes, et la connexion n’est pas configurée. Prévenez la personne qui gère ce connecteur.',
  signInRefused: 'Vous ne vous êtes pas connecté : rien n’a été envoyé. Ouvrez de nouveau le lien pour réessayer.',
  signInFailed: 'La connexion a échoué ou a commencé dans un autre navigateur. Ouvrez de nouveau le lien.',
  kept: 'Votre réponse est enregistrée mais n’a pas encore pu être transmise. Elle le sera dans l’heure ; vous pouvez aussi la renvoyer.',
  failed: 'Une erreur est survenue de notre côté. Réessayez dans une minute.',
  input: (fault) => {
    switch (fault.is) {
      case 'missing':
        return `« ${fault.input} » doit être rempli.`;
      case 'long':
        return `« ${fault.input} » peut avoir au plus ${fault.most} caractères.`;
      case 'date':
        return `« ${fault.input} » doit être une date, comme 2026-12-24.`;
      case 'date-time':
        return `« ${fault.input} » doit être une date avec une heure, comme 2026-12-24T09:00.`;
      case 'choice':
        return `« ${fault.input} » doit être l’un des choix proposés.`;
      case 'past-day':
        return 'Choisissez un jour à venir.';
      case 'long-altogether':
        return 'L’ensemble est trop long. Raccourcissez-le, puis envoyez-le de nouveau.';
      default:
        return fault satisfies never;
    }
  },
};

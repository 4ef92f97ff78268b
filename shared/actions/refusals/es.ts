/** Why nothing was sent, in Spanish. */
import type { RefusalWords } from './words.ts';

/** Every sentence in Spanish. */
export const es: RefusalWords = {
  title: 'No se envió nada',
  help: 'Si pide ayuda, indique este código:',
  address: 'Esta dirección está incompleta o cambió por el camino. Ábrala de nuevo desde la tarjeta.',
  withdrawn: 'Esta tarjeta ya no se acepta, porque se retiró su clave. Use una más reciente.',
  old: 'Esta tarjeta tiene más de 31 días y ya no se puede responder.',
  removed: 'Estas notificaciones se eliminaron; sus tarjetas ya no se pueden responder.',
  unknown: 'Esto ya no se puede responder aquí. Si hay una tarjeta más reciente, use esa.',
  otherOrganisation: 'Esta tarjeta pertenece a una organización distinta de la suya.',
  formOld: 'Esta página estuvo abierta demasiado tiempo. Abra de nuevo el enlace y envíe su respuesta.',
  signInMissing:
    'Aquí hay que saber quién es usted, y el inicio de sesión no está configurado. Avise a quien administra este conector.',
  signInRefused: 'No inició sesión, así que no se envió nada. Abra de nuevo el enlace para volver a intentarlo.',
  signInFailed: 'El inicio de sesión no funcionó o se empezó en otro navegador. Abra de nuevo el enlace.',
  kept: 'Su respuesta se guardó, pero aún no se pudo transmitir. Se hará en menos de una hora; también puede enviarla de nuevo.',
  failed: 'Algo falló por nuestra parte. Inténtelo de nuevo en un minuto.',
  input: (fault) => {
    switch (fault.is) {
      case 'missing':
        return `Hay que rellenar «${fault.input}».`;
      case 'long':
        return `«${fault.input}» puede tener como máximo ${fault.most} caracteres.`;
      case 'date':
        return `«${fault.input}» debe ser una fecha, como 2026-12-24.`;
      case 'date-time':
        return `«${fault.input}» debe ser una fecha con hora, como 2026-12-24T09:00.`;
      case 'choice':
        return `«${fault.input}» debe ser una de las opciones ofrecidas.`;
      case 'past-day':
        return 'Elija un día que aún esté por venir.';
      case 'long-altogether':
        return 'Lo escrito es demasiado largo en total. Acórtelo y envíelo de nuevo.';
      default:
        return fault satisfies never;
    }
  },
};

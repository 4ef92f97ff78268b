/** Why an address is not a webhook we may post to, in words for the person who pasted it. */

const COPY_AGAIN = 'Copy the address again from Microsoft 365, whole and unchanged.';

/** Every reason, with its sentence. None repeats the address: it is a secret. */
export const WEBHOOK_REFUSALS = {
  'not-an-address': `This is not a web address. ${COPY_AGAIN}`,
  'too-long': `This is longer than any webhook address. ${COPY_AGAIN}`,
  'strange-characters': `The address holds a space, a line break or another character that does not belong there. ${COPY_AGAIN}`,
  'not-https': `A webhook address begins with https://. ${COPY_AGAIN}`,
  'user-info': `The address holds an "@" before its host, which can hide where it leads. ${COPY_AGAIN}`,
  fragment: `The address holds a "#". ${COPY_AGAIN}`,
  port: `The address names a port; webhooks of Microsoft 365 have none, or 443. ${COPY_AGAIN}`,
  'ip-address': `The address leads to a number instead of a host of Microsoft 365. ${COPY_AGAIN}`,
  host: 'The address does not lead to Microsoft 365. Cards can go to an Incoming Webhook or to a Teams Workflows webhook.',
  path: `The host is Microsoft’s, but the rest is not a webhook’s address. It may have been cut off. ${COPY_AGAIN}`,
  query: `A connector’s webhook address has no "?". ${COPY_AGAIN}`,
  'no-signature': `The address has been cut off: a Workflows address ends with "sig=…". ${COPY_AGAIN} The flow must let anyone call it.`,
  'not-as-issued': `The address is not written as Microsoft writes it: capital letters in the host, or ".." in the path. ${COPY_AGAIN}`,
} as const;

/** A reason, by its stable name. */
export type WebhookRefusal = keyof typeof WEBHOOK_REFUSALS;

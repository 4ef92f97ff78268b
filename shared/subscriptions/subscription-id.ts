/** Ids of subscriptions. Never used twice: a removed one's secret stays in the vault for a while, and its links stay closed. */

/** `sub_` and 128 random bits in hexadecimal: Key Vault compares names without case, so capitals must not tell ids apart. */
export function newSubscriptionId(random: Uint8Array): string {
  return `sub_${Buffer.from(random).toString('hex')}`;
}

/** True for what `newSubscriptionId` makes. */
export function isSubscriptionId(text: string): boolean {
  return /^sub_[0-9a-f]{32}$/.test(text);
}

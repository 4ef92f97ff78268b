/** Where buttons may lead: to the sites that the connector's makers registered, over https. */

/** Why Microsoft would not call this address; undefined when it would. Sources: README.md, "Buttons". */
export function whyNotCalled(target: string, registered: readonly string[]): string | undefined {
  if (!URL.canParse(target)) return 'the target is no address';
  const url = new URL(target);
  const local = isLoopback(url.hostname);
  // In life the target must be public and https; here the product runs on this machine.
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return 'the target is not https';
  const fits = registered.some((site) => covers(new URL(site), url));
  return fits ? undefined : 'the target is not among the sites registered for the connector';
}

function covers(site: URL, url: URL): boolean {
  if (isLoopback(site.hostname)) return site.origin === url.origin;
  return url.hostname === site.hostname || url.hostname.endsWith(`.${site.hostname}`);
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

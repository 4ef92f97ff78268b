/** A product's face, for pages. */

/** The brand. */
export const aBrand = {
  name: 'Forge & Co',
  logo: '/static/brand/logo.png',
  colour: '#1f6feb',
  supportUrl: 'https://forge.example/support',
  privacyUrl: 'https://forge.example/privacy',
  termsUrl: 'https://forge.example/terms',
};

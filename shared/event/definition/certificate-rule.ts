/** Who gets a certificate: who came on so many days, or to such a share of the sessions that one person can go to. */
export type CertificateRule =
  | { readonly kind: 'days'; readonly least: number }
  /** Above 0, up to 1. */
  | { readonly kind: 'sessions'; readonly leastShare: number };

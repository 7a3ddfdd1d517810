/** Seconds for which the address that was typed in the form is kept for the thanks page. */
const THANKS_COOKIE_SECONDS = 300;

/** With this prefix no browser takes it from a page without TLS (RFC 6265bis); `__Host-` would send it to every page. */
export const THANKS_COOKIE = '__Secure-sent';

/**
 * Carries the typed address from the form to the thanks page of one event: never in an address, gone after five
 * minutes, out of reach of scripts and other sites.
 */
export function thanksCookie(eventId: string, email: string): string {
  const value = Buffer.from(email.slice(0, 254)).toString('base64url');
  return `${THANKS_COOKIE}=${value}; Path=/e/${eventId}/thanks; Max-Age=${THANKS_COOKIE_SECONDS}; HttpOnly; Secure; SameSite=Strict`;
}

export function typedAddress(cookies: ReadonlyMap<string, string>): string | undefined {
  const value = cookies.get(THANKS_COOKIE);
  return value ? Buffer.from(value, 'base64url').toString('utf8') : undefined;
}

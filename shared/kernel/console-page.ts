/** Where the console is: one page of HTML for every address that begins so. */
export const CONSOLE_PATH = '/console/';

/** Its file, from the root of what is built. */
export const CONSOLE_PAGE = '/console/index.html';

/** The page names the files of one deployment, so that it is asked for anew each time. */
export const CONSOLE_CACHING = 'no-cache';

/**
 * The content security policy of the console: its own files and the API, the OpenID provider, nothing else.
 *
 * @param provider origins that signing in talks to: the issuer's, and where its tokens are
 */
export const consolePolicy = (provider: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...provider].join(' ')}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

/** Where the check-in app is: one page, which keeps itself on the phone, and the few files beside it. */
export const CHECKIN_PATH = '/checkin/';

/** Its file, from the root of what is built. */
export const CHECKIN_PAGE = '/checkin/index.html';

/** Page, service worker and manifest have the same name in each deployment, so that they are asked for anew each time. */
export const CHECKIN_CACHING = 'no-cache';

/** What of the phone the app may use: its camera. */
export const CHECKIN_PERMISSIONS = 'camera=(self), microphone=(), geolocation=()';

/**
 * The content security policy of the app: its own files and the API. Here alone WebAssembly may run, which reads the codes, and
 * pictures may come from the page itself: those of the camera.
 */
export const CHECKIN_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "style-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** What a path below the app means: a file beside the page by its name, everything else the page. */
export const checkinFile = (path: string): string => (/\.\w+$/.test(path) ? path : CHECKIN_PAGE);

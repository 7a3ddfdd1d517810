const KILOBYTE = 1024;

/** Bytes. Khmer percent-encodes to about 18 bytes a letter in forms, hence the larger limit. */
export const BODY_LIMIT = { json: 16 * KILOBYTE, form: 64 * KILOBYTE, upload: 256 * KILOBYTE } as const;

/** Seconds the address typed in the form is kept for the thanks page. */
export const THANKS_COOKIE_SECONDS = 300;

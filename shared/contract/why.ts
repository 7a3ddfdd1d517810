/** The header that says why someone looks at a minor's record, percent-encoded: no address, and so no log, holds it. */
export const WHY_HEADER = 'plenary-why';

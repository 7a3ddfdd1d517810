/** Where items are written down that were recorded: of this machine alone. */
export const RECORDED = new URL('../../.local/recorded-items/', import.meta.url);

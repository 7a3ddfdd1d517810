import { cleanText } from './text/text.ts';

/** The header that says why a member looks at a minor's record, percent-encoded: no address, and so no log, holds it. */
export const WHY_HEADER = 'plenary-why';
/** Grapheme clusters. */
const LONGEST_WHY = 160;
/** Characters of the header, percent-encoded: as many letters of Khmer. */
export const LONGEST_WHY_SENT = 1500;

/**
 * Why a member looks at a minor's record (CS14), in their own words.
 *
 * @param sent percent-encoded, as a header holds it
 * @returns nothing where they say nothing, or too much
 */
export function whyOf(sent: string | undefined): string | undefined {
  if (sent === undefined || sent.length > LONGEST_WHY_SENT) return undefined;
  const said = cleanText(decoded(sent), { max: LONGEST_WHY });
  return 'value' in said && said.value !== '' ? said.value : undefined;
}

/** Anyone may send anything after a `%`. */
function decoded(sent: string): string {
  try {
    return decodeURIComponent(sent);
  } catch {
    return '';
  }
}

import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteKey, SiteTranslate } from '../../../shared/kernel/i18n/site.ts';

/** A character for private use, which no text contains: it stands where markup comes in. */
const SEAM = '\u{e000}';

/** A message with markup in the place of its arguments: a link within a sentence, in whatever order a language has it. */
export function rich(t: SiteTranslate, key: SiteKey, slots: Readonly<Record<string, Html>>): Html {
  const names = Object.keys(slots);
  const text = t(key, Object.fromEntries(names.map((name) => [name, `${SEAM}${name}${SEAM}`])));
  return html`${text.split(SEAM).map((piece, index) => (index % 2 === 0 ? piece : slots[piece]))}`;
}

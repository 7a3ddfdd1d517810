import { type Html, html } from '../../../shared/kernel/html.ts';
import type { TakenBy } from '../../../shared/kernel/i18n/languages.ts';
import type { SiteParameters, SiteTranslate } from '../../../shared/kernel/i18n/words.ts';

/** A character for private use, which no text contains: it stands where markup comes in. */
const SEAM = '\u{e000}';

/** A message with markup in the place of its arguments: a link within a sentence, in whatever order a language has it. */
export function rich<Key extends keyof SiteParameters>(
  t: SiteTranslate,
  key: Key,
  slots: Readonly<Record<keyof SiteParameters[Key], Html>>,
): Html {
  const given = Object.keys(slots).map((name) => [name, `${SEAM}${name}${SEAM}`]);
  const pieces = t(key, ...([Object.fromEntries(given)] as unknown as TakenBy<SiteParameters, Key>)).split(SEAM);
  const slotOf = new Map<string, Html>(Object.entries(slots));
  return html`${pieces.map((piece, index) => (index % 2 === 0 ? piece : slotOf.get(piece)))}`;
}

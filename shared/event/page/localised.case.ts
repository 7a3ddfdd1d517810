import { ProblemError } from '../../kernel/errors.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { SiteTranslate } from '../../kernel/i18n/words.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { LocalisedEvent } from '../localised-event.store.ts';

type Deps = Needs<'events'>;

/** An event in the reader's language, or its first, and the site's words in the same one. */
export async function readLocalised(
  deps: Deps,
  eventId: string,
  language: string,
): Promise<LocalisedEvent & { readonly t: SiteTranslate }> {
  const localised = await deps.events.readEvent(eventId, language);
  if (localised === undefined) throw new ProblemError('unknown-event');
  return { ...localised, t: siteWords(localised.language) };
}

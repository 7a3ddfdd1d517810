import type { EventDefinition } from '../../../shared/event/event.ts';
import type { NoticeTranslate, SiteTranslate } from '../../../shared/kernel/i18n/words.ts';

/** What a page that tells anyone how an event treats them is made from. */
export interface Notice {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** The words that only such pages show. */
  readonly words: NoticeTranslate;
  /** The page's own address, without its query. */
  readonly path: string;
}

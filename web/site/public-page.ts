import type { EventDefinition } from '../../shared/domain/event.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';

/** What a page about an event is made from that is the same for everyone. */
export interface PublicPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** The page's own address, without its query. */
  readonly path: string;
}

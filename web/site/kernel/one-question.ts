import type { EventDefinition } from '../../../shared/event/event.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';

/** What a page is made from that asks a holder one thing, with one button. */
export interface OneQuestion {
  readonly event: EventDefinition<string>;
  readonly registration: Registration;
  readonly language: string;
  readonly t: SiteTranslate;
  /** The page's own address. */
  readonly path: string;
  /** `/m/{token}` */
  readonly managePath: string;
}

import type { EventDefinition } from '../../../../shared/event/event.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { RegistrationView } from '../../../../shared/registration/registration-view.schema.ts';

/** What every part of the holder's page is made from. */
export interface ManageContext {
  readonly event: EventDefinition<string>;
  readonly registration: RegistrationView;
  readonly language: string;
  readonly t: SiteTranslate;
}

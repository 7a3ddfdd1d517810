import type { EventDefinition } from '../../../shared/event/event.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { ShownMember } from './delegation.ts';

/** What the page of one person of a delegation is made from. */
export interface PersonPage extends ShownMember {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}/people/{member}` */
  readonly path: string;
  /** ISO 8601 instant until which a cancellation can be undone; absent where it cannot. */
  readonly undoUntil?: string | undefined;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
  /** Whether a press was not done because something else came first. */
  readonly isOvertaken?: boolean | undefined;
}

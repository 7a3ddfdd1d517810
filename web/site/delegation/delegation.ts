import type { MemberState } from '../../../shared/delegation/delegation.ts';
import type { Member } from '../../../shared/delegation/delegation-item.schema.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';

/** Someone in the list as the coordinator sees them. */
export interface ShownMember {
  readonly member: Member;
  readonly state: MemberState;
  /** Only where the coordinator sees where they stand. */
  readonly registration?: Registration | undefined;
}

export interface DelegationPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}` */
  readonly path: string;
  readonly email: string;
  /** The coordinator stopped mail that they can do without. */
  readonly isMailStopped: boolean;
  readonly members: readonly ShownMember[];
  /** How many more may be added now; none while registration is closed. */
  readonly places: number;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
}

import type { AnswerValue } from './condition.ts';
import type { EventDefinition } from './event.ts';
import type { Registration } from './registration.ts';

/** What should be arranged for someone, by question id. */
export type CareAnswers = Readonly<Record<string, AnswerValue>>;

/** What should be arranged for one person: kept in `Care`, apart from the registration. */
export interface CareNeeds {
  readonly eventId: string;
  readonly reference: string;
  /** By question; never empty. */
  readonly answers: CareAnswers;
  /** 128 random bits, base64url: names exactly this text, so that a tick never lands on another that replaced it. */
  readonly edition: string;
  /** ISO 8601. */
  readonly sentAt: string;
  readonly arranged?: Arranged | undefined;
}

export interface Arranged {
  /** ISO 8601. */
  readonly at: string;
  /** A member; see `shared/store/member-id.ts`. */
  readonly by: string;
}

export type Needy = Pick<Registration, 'eventId' | 'reference'>;

type Asking = Pick<EventDefinition<string>, 'questions'>;

/** What the registration form asks: some needs are asked for only once someone has their page. */
export const askedAtFirst = <Event extends Asking>(event: Event): Event => ({
  ...event,
  questions: event.questions.filter(({ later }) => !later),
});

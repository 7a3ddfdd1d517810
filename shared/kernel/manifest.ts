import type { JOB_ATTRIBUTE, MAIL_ATTRIBUTE } from './dynamo/tables.ts';
import type { EnvironmentKey } from './env.ts';

/*
 * What a function is, as data: `infra` deploys it by this, `local` runs it by this, and its own code reads no more than this names.
 * Its routes come from the contract.
 */

export type FunctionName =
  | 'site'
  | 'registration'
  | 'attendee'
  | 'attendee-care'
  | 'certificates'
  | 'delegation'
  | 'care'
  | 'checkin'
  | 'team'
  | 'organiser'
  | 'messages'
  | 'doors'
  | 'feedback-tokens'
  | 'feedback'
  | 'feedback-results'
  | 'audit'
  | 'outbox'
  | 'mail-events'
  | 'housekeeping'
  | 'canary';

/** Capabilities besides the kernel, which all functions share, in the order of who may know whom. */
export const REACHABLE = [
  ...['mail', 'team', 'event', 'seats', 'ticket', 'registration', 'care', 'minors', 'delegation', 'checkin'],
  ...['feedback', 'certificates', 'announcements'],
] as const;

export interface Manifest {
  readonly name: FunctionName;
  /** Ends "Plenary: ...". */
  readonly purpose: string;
  /** Variables that it is given, and no other. */
  readonly environment: readonly EnvironmentKey[];
  readonly access: Access;
  /** Of which capabilities its bundle holds something. */
  readonly reaches: readonly (typeof REACHABLE)[number][];
  /**
   * MB. With 1,769 it has one processor to itself, with 512 0.29 of one, which brings a cold start well under a second. One is for those
   * that read everyone who is registered, of whom 5,000 are a second's work while a person waits for it, and for what draws certificates.
   * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memory: 512 | 1769;
  /**
   * Seconds. 10 are longer than any use case takes, and shorter than people wait; 30 are for work that goes on item by item; 60 for a
   * sweep of mail, and for a batch of which each waits for its turn.
   */
  readonly timeout: 10 | 30 | 60;
  readonly stream?: OutboxStream;
  /** It is called with each id that it put among the wake-ups, once its time has come. */
  readonly isWoken?: true;
  /** It is called with what SES tells of each mail. */
  readonly hearsOfMail?: true;
  /** By their names in the template. */
  readonly timers?: Readonly<Record<string, Timer>>;
}

/** Each new item of the outbox that has an attribute calls the function, unless it has to wait. */
export interface OutboxStream {
  readonly attribute: typeof MAIL_ATTRIBUTE | typeof JOB_ATTRIBUTE;
  /** Items that one call takes on. */
  readonly together: number;
  /** Values of the attribute with which an item calls it also where it has to wait: for seconds, or minutes. */
  readonly soon?: readonly string[];
}

/** A call that is made again and again. It is not repeated where it fails: the next one does its work. */
export interface Timer {
  readonly everyMinutes: number;
  /** What the function is told so that it does one thing, and nothing else. */
  readonly input?: { readonly timer: string };
}

type TimersOf<M extends Manifest> = NonNullable<M['timers']>;

/** What timers tell a function. */
export type TimerInputOf<M extends Manifest> = Extract<
  TimersOf<M>[keyof TimersOf<M>],
  { readonly input: NonNullable<Timer['input']> }
>['input'];

/** Exact actions by resource, and nothing that a function does not do. */
export type Access = Readonly<Partial<Record<ResourceName, readonly `${string}:${string}`[]>>>;

/** The alias of each function, which everything calls: a rollback points it to another version. */
export const LIVE_ALIAS = 'live';

/** How the description of a function ends: in which deployment it was made. All functions of one say the same. */
export const RELEASE_PATTERN = /, release (\w+)$/;

/** What a function may be given access to; `infra` knows which keys and attributes each of them stands for. */
export type ResourceName =
  | 'registry'
  | 'registryChanges'
  | 'registryRegistrations'
  | 'registryButRoles'
  | 'guards'
  | 'events'
  | 'definitions'
  | 'wholeEvents'
  | 'tombstones'
  | 'roles'
  | 'feedbackTokens'
  | 'outbox'
  | 'audit'
  | 'auditEntries'
  | 'backups'
  | 'outboxDue'
  | 'outboxAbout'
  | 'outboxFates'
  | 'outboxAccount'
  | 'outboxStream'
  | 'outboxFailures'
  | 'failedCalls'
  | 'wakeUps'
  | 'care'
  | 'feedback'
  | 'feedbackShown'
  | 'feedbackOpened'
  | 'feedbackEnds'
  | 'careUnseen'
  | 'careKey'
  | 'secretsKey'
  | 'feedbackKey'
  | 'answersKey'
  | 'ticketKey'
  | 'mail'
  | 'mailAccount'
  | 'mailSender'
  | 'userPool'
  | 'canaryKeys';

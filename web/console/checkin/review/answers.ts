import type { AnswerOf } from '../../kernel/api/routes.ts';

/** The phones of an event. */
export type Devices = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/devices'>;

/** What a person has to look at, and what was decided. */
export type Inbox = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/conflicts'>;
export type Conflict = Inbox['conflicts'][number];
export type Decided = Inbox['decisions'][number];

/** Scans that phones handed over. */
export type HandOvers = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/hand-overs'>;
export type HandOver = HandOvers['handOvers'][number];

/** What becomes of the inbox that is shown. */
export interface InboxProps {
  /** Of lists, by their ids. */
  readonly names: ReadonlyMap<string, string>;
  readonly onChanged: (inbox: Inbox) => void;
  readonly onStale: () => Promise<void>;
}

/** What is shown of one conflict, and what becomes of it. */
export interface ConflictProps extends InboxProps {
  readonly conflict: Conflict;
}

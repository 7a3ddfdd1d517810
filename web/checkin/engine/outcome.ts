import {
  type HandoutDoor,
  type HandoutVerdict,
  handedOut,
  handoutVerdict,
} from '../../../shared/checkin/handout/handout.ts';
import { COMPANIONS } from '../../../shared/checkin/holder.ts';
import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import { passageOf } from '../../../shared/checkin/scan/passage.ts';
import type { ScanMark } from '../../../shared/checkin/scan/scan.ts';
import type { ScanKind } from '../../../shared/checkin/scan/scans.schema.ts';
import { type Occasion, verdictOf } from '../../../shared/checkin/scan/verdict.ts';
import type { Terms } from './database.ts';
import type { AttendeeAtDoor, Noted, ScanOutcome } from './engine.ts';

/** What a person at a door comes to: to be told at once, or to be noted first and told then. */
export type OutcomeDecision =
  | { readonly kind: 'tell'; readonly outcome: ScanOutcome }
  | { readonly kind: 'note'; readonly scan: Exclude<ScanKind, 'undo'>; readonly tell: (noted: Noted) => ScanOutcome };

/** @param marks of the ticket on the list, all that are known @param terms of the device that decides */
export function decideOutcome(
  door: ListTerms,
  person: AttendeeAtDoor,
  marks: readonly ScanMark[],
  occasion: Occasion,
  terms: Pick<Terms, 'id' | 'isVetted' | 'maySearch'>,
): OutcomeDecision {
  const passage = passageOf(marks, door.passing, door.dayStarts);
  const verdict = verdictOf(door, person, passage, occasion);
  switch (verdict.kind) {
    case 'admit': {
      const { isFull } = verdict;
      // In already, where people go in and out as they like: they are counted once, and a ticket's scans on a list are bounded.
      if (door.passing === 'again' && passage.isInside && passage.last !== undefined) {
        const { scanId } = passage.last;
        return tell({ kind: 'admit', person, isFull, isAgain: true, scanId, canUndoUntil: 0 });
      }
      return { kind: 'note', scan: 'in', tell: (noted) => ({ kind: 'admit', person, isFull, ...noted }) };
    }
    case 'leave': {
      const { wasInside } = verdict;
      return { kind: 'note', scan: 'out', tell: (noted) => ({ kind: 'leave', person, wasInside, ...noted }) };
    }
    case 'ask-companion':
      return tell({ kind: 'ask-companion', person, wasInside: verdict.wasInside, mayBe: companionsOf(person, terms) });
    case 'wards-inside':
      return tell({ kind: 'wards-inside', person, count: verdict.count });
    case 'already-in': {
      const { correctedAt, device } = verdict.earlier;
      return tell({ kind: 'already-in', person, at: correctedAt, isHere: device === terms.id });
    }
    case 'hold':
      return tell({ kind: 'hold', person, why: verdict.why });
    case 'refuse':
      return tell({ kind: 'refuse', person, why: verdict.why });
  }
}

/** The same of something that is handed out. @param dayOf the local date of an instant, where the event is */
export function decideHandout(
  door: HandoutDoor,
  person: AttendeeAtDoor,
  marks: readonly ScanMark[],
  occasion: Pick<Occasion, 'at' | 'direction'> & { readonly dayOf: (at: number) => string },
  { id }: Pick<Terms, 'id'>,
): OutcomeDecision {
  const verdict = handoutVerdict(door, person, handedOut(marks), occasion);
  switch (verdict.kind) {
    case 'give':
      return { kind: 'note', scan: 'in', tell: (noted) => ({ kind: 'give', person, ...noted }) };
    case 'take-back':
      return { kind: 'note', scan: 'out', tell: (noted) => ({ kind: 'take-back', person, ...noted }) };
    case 'given':
      return tell({ ...givenOutcome(verdict, id), person });
    case 'not-out':
      return tell({ kind: 'not-out', person });
    case 'hold':
      return tell({ kind: 'hold', person, why: verdict.why });
    case 'refuse':
      return tell({ kind: 'refuse', person, why: verdict.why });
  }
}

/** That something was given before, as staff are told. @param id of the device that they hold */
export const givenOutcome = (
  { earlier: { correctedAt, device }, isOut }: Extract<HandoutVerdict, { kind: 'given' }>,
  id: string,
): Extract<ScanOutcome, { kind: 'given' }> => ({ kind: 'given', at: correctedAt, isHere: device === id, isOut });

/**
 * With whom a device may say that a minor left. Vetted staff see who looks after them; guardians, other adults and who may leave
 * alone are known to the safeguarding desk, which checks name and code: a desk of vetted staff (CS24).
 */
const companionsOf = ({ chaperone }: AttendeeAtDoor, { isVetted, maySearch }: Pick<Terms, 'isVetted' | 'maySearch'>) =>
  COMPANIONS.filter((each) => (each === 'chaperone' ? chaperone !== undefined : isVetted && maySearch));

const tell = (outcome: ScanOutcome): OutcomeDecision => ({ kind: 'tell', outcome });

/**
 * Whether staff may let an attendee in although they were told otherwise: `with-reason` where nothing says that they have a ticket. A minor
 * with a hold goes to the safeguarding desk, even where it was something else that kept them out.
 *
 * @param door where they stand: at a closed session nobody but who is in charge of it decides
 * @param isDesk whether this device may look for people
 */
export function mayLetIn(
  outcome: ScanOutcome,
  door: Pick<ListTerms, 'isClosed' | 'handout'> | undefined,
  isDesk: boolean,
): 'no' | 'yes' | 'with-reason' {
  if (door === undefined || door.isClosed) return 'no';
  switch (outcome.kind) {
    case 'not-in-roster':
      return 'yes';
    case 'unknown-code':
      return isDesk && door.handout === undefined ? 'with-reason' : 'no';
    case 'given':
      return outcome.isOut || outcome.person?.hold !== undefined ? 'no' : 'yes';
    case 'already-in':
    case 'refuse':
      return outcome.person.hold === undefined ? 'yes' : 'no';
    case 'admit':
    case 'leave':
    case 'let-in':
    case 'ask-companion':
    case 'wards-inside':
    case 'hold':
    case 'practice':
    case 'revoked':
    case 'no-ticket':
    case 'not-kept':
    case 'give':
    case 'take-back':
    case 'not-out':
      return 'no';
  }
}

/** All that a press takes back: what was noted of the person who is shown, and of those whom they took along. */
export const undoable = (outcome: ScanOutcome): readonly Noted[] => [
  ...('tookAlong' in outcome ? (outcome.tookAlong ?? []) : []),
  ...('scanId' in outcome ? [outcome] : []),
];

import { MOST_REASON } from '../../../shared/checkin/choices.ts';
import { givenBefore, handedOut } from '../../../shared/checkin/handout/handout.ts';
import type { ListTerms } from '../../../shared/checkin/roster/roster.schema.ts';
import type { RosterEntry } from '../../../shared/checkin/roster/roster-entry.ts';
import { isPractice, type ScanMark } from '../../../shared/checkin/scan/scan.ts';
import { localDate } from '../../../shared/kernel/text/zoned-time.ts';
import { revocationPrefix } from '../../../shared/ticket/revocation-list.ts';
import { fromBase64url } from './base64url.ts';
import { tallyAt } from './check-ins.ts';
import type { Context } from './context.ts';
import { type Terms, whyNotKept } from './database.ts';
import { enteringOf, referenceOf } from './desk.ts';
import type { Engine, Noted, ScanOutcome, TakenAlong, TypedWalkIn } from './engine.ts';
import { type Identified, identify, insideOf, type KnownTicket, lookUp, marksOf } from './entries.ts';
import { directionOf, doorIn } from './memory.ts';
import type { Noting, Subject } from './noting.ts';
import { deviceStanding } from './opening.ts';
import { decideHandout, decideOutcome, givenOutcome, mayLetIn, type OutcomeDecision } from './outcome.ts';
import { inTurn } from './turns.ts';

/** Milliseconds within which a code is the same reading: since it was seen last where it was noted, since it was judged elsewhere. */
const SAME_FOR = 3000;

/** The attendee who was read last, and what staff were told. */
interface Last {
  readonly subject?: Subject | undefined;
  readonly person?: RosterEntry | undefined;
  readonly outcome: ScanOutcome;
  /** What was read; absent of an attendee who was found by name. */
  readonly text?: string | undefined;
  /** Of one who was found by name: why they have no ticket. */
  readonly reason?: string | undefined;
}

/** The minors who left with a chaperone. */
interface Along extends Noted {
  /** Whose scan it is. */
  readonly ticket: string;
  readonly chaperone: string;
}

/** The list that is scanned for, and for what this device may scan. */
interface ScannedDoor {
  readonly door: ListTerms;
  readonly terms: Terms;
}

/** What was shown, and what the phone knows of it; nothing of a ticket that was withdrawn. */
interface Sight {
  readonly found: Identified;
  readonly known?: KnownTicket | undefined;
}

/** Whether nothing on the phone speaks for it, which the server may know better. */
const isUnheardOf = ({ found, known }: Sight): boolean =>
  found.kind === 'unknown-key' ||
  (found.kind === 'ticket' && !found.isSigned && known !== undefined && known.person === undefined);

export interface TicketReader {
  readonly read: (text: string) => Promise<ScanOutcome>;
  readonly checkIn: Engine['checkIn'];
  readonly letInAnyway: Engine['letInAnyway'];
  readonly leave: Engine['leave'];
  readonly readCompanion: Engine['readCompanion'];
  readonly stays: Engine['stays'];
  readonly walkIn: (typed: TypedWalkIn) => Promise<ScanOutcome>;
  /** Does work after what was read before it, and before what is read then. The next attendee is a new one, even with the same code. */
  readonly between: <T>(work: () => Promise<T>) => Promise<T>;
}

/** What staff typed, as far as it is kept; nothing of what is empty. */
const reasonIn = (typed: string): string | undefined => typed.trim().slice(0, MOST_REASON) || undefined;

const NOT_KEPT: ScanOutcome = { kind: 'not-kept', why: 'unavailable' };

/** Milliseconds within which a chaperone is scanned after a minor whom they look after. */
const TOGETHER = 60_000;
/** Milliseconds since it last talked with the server for which a phone knows every key that tickets are signed with. */
const KEYS_FRESH = 15 * 60 * 1000;

/**
 * Decides who may pass, one after the other, by what is on the phone. Of a code that it does not know and that no known key signed it asks
 * the server first.
 *
 * @param askServer brings what the server knows onto the phone, as far as that is possible within a moment
 */
export function reader(context: Context, { note }: Noting, askServer: () => Promise<void>): TicketReader {
  const { deps, db, clock, memory } = context;
  const turn = inTurn();
  let last: Last | undefined;
  let seenAt = 0;
  let along: readonly Along[] = [];

  /** The list that is scanned for, on a device that may scan. */
  const place = (): ScannedDoor | undefined => {
    const door = doorIn(memory.state);
    const terms = memory.state.device?.terms;
    if (door === undefined || terms === undefined) return undefined;
    return deviceStanding(memory, clock.corrected()) === 'active' ? { door, terms } : undefined;
  };

  async function judge(text: string): Promise<Last> {
    const here = place();
    if (here === undefined) return { outcome: NOT_KEPT };
    if (isPractice(text)) return { text, outcome: { kind: 'practice' } };
    let sight = await look(text, here);
    if (isUnheardOf(sight)) {
      await askServer();
      sight = await look(text, here);
    }
    const { found, known } = sight;
    if (found.kind === 'unknown-key') {
      return { text, outcome: { kind: 'no-ticket', why: areKeysFresh() ? found.kind : 'update-app' } };
    }
    if (found.kind !== 'ticket') return { text, outcome: { kind: 'no-ticket', why: found.kind } };
    const isReturn = here.door.handout !== undefined && directionOf(memory.state) === 'out';
    const back = isReturn && known?.person === undefined ? await returned(text, here, found.id) : undefined;
    if (back !== undefined) return back;
    if (known === undefined) return { text, outcome: { kind: 'revoked' } };
    const { door, terms } = here;
    const { ticket, person, marks } = known;
    const subject = { list: door.id, ticket, reference: person?.reference };
    if (person === undefined) {
      if (!found.isSigned) return { text, subject, outcome: { kind: 'unknown-code' } };
      if (isReturn) return { text, subject, outcome: { kind: 'not-out' } };
      const { handout } = door;
      // What a phone does not know of them, it knows of what it gave them.
      const given = handout && givenBefore({ ...door, handout }, handedOut(marks), handoutOccasion());
      if (given !== undefined) return { text, subject, outcome: givenOutcome(given, terms.id) };
      const isLeaving = directionOf(memory.state) === 'out' && { isLeaving: true as const };
      return { text, subject, outcome: { kind: 'not-in-roster', ...isLeaving } };
    }
    return { text, subject, person, outcome: await pass(door, terms, subject, person, marks) };
  }

  /** What is lent comes back also by a ticket that admits nobody any more, or of which this phone knows nothing else; nothing of another one. */
  async function returned(text: string, { door, terms }: ScannedDoor, id: Uint8Array): Promise<Last | undefined> {
    const { ticket, marks } = await db.use((open) => lookUp(open, id, terms.eventId, door.id));
    if (handedOut(marks).out === undefined) return undefined;
    const subject = { list: door.id, ticket };
    const kept = await note(subject, 'out');
    return { text, subject, outcome: kept.kind === 'not-kept' ? kept : { kind: 'take-back', ...kept.noted } };
  }

  async function look(text: string, { door, terms }: ScannedDoor): Promise<Sight> {
    const found = await identify(text, memory, clock.corrected());
    if (found.kind !== 'ticket') return { found };
    if (memory.revocations?.isRevoked(await revocationPrefix(found.id))) return { found };
    return { found, known: await db.use((open) => lookUp(open, found.id, terms.eventId, door.id)) };
  }

  function areKeysFresh(): boolean {
    const { downloadedAt } = memory.state;
    return downloadedAt !== undefined && Math.abs(deps.now() - downloadedAt) <= KEYS_FRESH;
  }

  async function pass(
    door: ListTerms,
    terms: Terms,
    subject: Subject,
    person: RosterEntry,
    marks: readonly ScanMark[],
    reason?: string,
  ) {
    const direction = directionOf(memory.state);
    const { handout } = door;
    if (handout !== undefined) {
      const occasion = { ...handoutOccasion(), direction };
      return noted(decideHandout({ ...door, handout }, person, marks, occasion, terms), subject, reason);
    }
    const taken = direction === 'out' ? await takeAlong(subject, person) : [];
    const at = clock.corrected();
    const wards = direction === 'out' ? person.wards : undefined;
    const wardsInside = wards === undefined ? 0 : await db.use((open) => insideOf(open, door, wards, at));
    const occasion = { at, inside: tallyAt(memory.tally, door, at).inside, direction, wardsInside };
    const decision = decideOutcome(door, person, marks, occasion, terms);
    return withTaken(await noted(decision, subject, reason), taken);
  }

  /** When something is handed out, and on which days of the event. */
  function handoutOccasion() {
    const timeZone = memory.state.setup?.event.timeZone ?? 'UTC';
    return { at: clock.corrected(), dayOf: (at: number): string => localDate(new Date(at), timeZone) };
  }

  async function noted(decision: OutcomeDecision, subject: Subject, reason?: string): Promise<ScanOutcome> {
    if (decision.kind === 'tell') return decision.outcome;
    const kept = await note(subject, decision.scan, decision.scan === 'in' ? { reason } : {});
    return kept.kind === 'not-kept' ? kept : decision.tell(kept.noted);
  }

  /** The minor who was read just before and is asked with whom they leave, where it may be with this one. */
  function wardJustRead({ wards = [], mayTakeAlong }: RosterEntry): Subject | undefined {
    const { subject, outcome } = last ?? {};
    const isTheirs = mayTakeAlong && outcome?.kind === 'ask-companion' && subject && wards.includes(subject.ticket);
    return isTheirs ? subject : undefined;
  }

  /**
   * The minor who was read just before leaves with the chaperone whose ticket is read now: no name has to be compared.
   *
   * @returns their scan, and those of others who left with the same chaperone, as long as they can be taken back
   */
  async function takeAlong({ ticket: chaperone }: Subject, person: RosterEntry): Promise<TakenAlong> {
    if (person.wards === undefined) return [];
    const ward = wardJustRead(person);
    along = along.filter((each) => each.chaperone === chaperone && each.canUndoUntil > deps.now());
    if (ward !== undefined && deps.steady() - seenAt <= TOGETHER) {
      const kept = await note(ward, 'out', { companion: 'chaperone' });
      if (kept.kind === 'kept') along = [...along, { ...kept.noted, ticket: ward.ticket, chaperone }];
    }
    return along.map(({ scanId, canUndoUntil }) => ({ scanId, canUndoUntil }));
  }

  /** What nothing came of is tried anew the next time. */
  const remember = (next: Last): ScanOutcome => {
    const isSame = next === last;
    // An attendee who is read again stands anew: what they did since is not to be taken back with a chaperone's.
    along = along.filter(({ ticket }) => ticket !== next.subject?.ticket);
    last = next.outcome.kind === 'not-kept' ? undefined : next;
    // An attendee who was not let in is judged anew after a while, even if they hold up their code all the time: more may be known by then.
    if (!isSame || 'scanId' in next.outcome) seenAt = deps.steady();
    return next.outcome;
  };
  /** Whose ticket answers with whom the minor leaves who was read last: nobody's but their own and that of their chaperone (CS24). */
  async function answers(text: string): Promise<'own' | 'chaperone' | 'other' | 'no-ticket'> {
    const here = place();
    if (here === undefined) return 'no-ticket';
    let sight = await look(text, here);
    if (isUnheardOf(sight)) {
      await askServer();
      sight = await look(text, here);
    }
    const { found, known } = sight;
    if (found.kind === 'not-a-ticket') return 'no-ticket';
    if (known?.ticket !== undefined && known.ticket === last?.subject?.ticket) return 'own';
    return known?.person !== undefined && wardJustRead(known.person) !== undefined ? 'chaperone' : 'other';
  }

  /** The question stays, whatever else is read. */
  const stillAsked = ({ outcome, ...asked }: Last): Last =>
    outcome.kind === 'ask-companion' ? { ...asked, outcome: { ...outcome, isOther: true } } : { ...asked, outcome };

  const failed = (error: unknown): Last => ({ outcome: { kind: 'not-kept', why: whyNotKept(error) } });

  return {
    read: (text) =>
      turn(async () => {
        const asked = last;
        if (asked?.outcome.kind === 'ask-companion' && place() !== undefined) {
          // What cannot be looked up is not known to be their chaperone's.
          const whose = await answers(text).catch(() => 'other' as const);
          if (whose === 'other' || whose === 'no-ticket') return remember(stillAsked(asked));
          if (whose === 'chaperone' || asked.outcome.isOther) return remember(await judge(text).catch(failed));
        }
        const isSame = last?.text === text && deps.steady() - seenAt < SAME_FOR;
        return remember(isSame && last !== undefined ? last : await judge(text).catch(failed));
      }),
    checkIn: (found, why = '') =>
      turn(async () => {
        const here = place();
        if (here === undefined) return NOT_KEPT;
        const { ticket, unreached: _, ...person } = found;
        const isAsked = last?.outcome.kind === 'ask-companion' && last.subject?.ticket !== ticket;
        if (isAsked && last && wardJustRead(person) === undefined) return remember(stillAsked(last));
        const { door, terms } = here;
        const subject = { list: door.id, ticket, reference: person.reference };
        const marks = await db.use((open) => marksOf(open, door.id, ticket)).catch(() => []);
        const reason = reasonIn(why);
        return remember({ subject, person, reason, outcome: await pass(door, terms, subject, person, marks, reason) });
      }),
    letInAnyway: (typed = '') =>
      turn(async () => {
        const { subject, person, outcome } = last ?? { outcome: NOT_KEPT };
        const here = place();
        if (subject === undefined || here === undefined || directionOf(memory.state) === 'out') return outcome;
        const may = mayLetIn(outcome, here.door, here.terms.maySearch);
        const reason = may === 'with-reason' ? reasonIn(typed) : last?.reason;
        if (may === 'no' || (may === 'with-reason' && reason === undefined)) return outcome;
        const kept = await note(subject, 'in', { reason });
        if (kept.kind === 'not-kept') return kept;
        const kind = here.door.handout === undefined ? 'let-in' : 'give';
        return remember({ ...last, outcome: { kind, person, ...kept.noted } });
      }),
    leave: (companion) =>
      turn(async () => {
        const { subject, person, outcome } = last ?? { outcome: NOT_KEPT };
        const isBack = outcome.kind === 'not-out' || (outcome.kind === 'given' && outcome.isOut);
        const isSaid =
          outcome.kind === 'ask-companion'
            ? companion !== undefined && outcome.mayBe.includes(companion)
            : (outcome.kind === 'wards-inside' || isBack) && companion === undefined;
        if (subject === undefined || !(person || isBack) || !isSaid || place() === undefined) return outcome;
        const kept = await note(subject, 'out', { companion });
        if (kept.kind === 'not-kept') return kept;
        if (isBack) return remember({ ...last, outcome: { kind: 'take-back', person, ...kept.noted } });
        if (person === undefined) return outcome;
        const wasInside = outcome.kind === 'ask-companion' ? outcome.wasInside : true;
        const left: ScanOutcome = { kind: 'leave', person, wasInside, ...kept.noted };
        const taken = outcome.kind === 'wards-inside' ? outcome.tookAlong : undefined;
        return remember({ ...last, outcome: withTaken(left, taken) });
      }),
    readCompanion: (text) =>
      turn(async () => {
        const asked = last;
        if (asked?.outcome.kind !== 'ask-companion') return undefined;
        const whose = await answers(text).catch(() => 'no-ticket' as const);
        if (whose === 'other') return remember(stillAsked(asked));
        return whose === 'chaperone' ? remember(await judge(text).catch(failed)) : undefined;
      }),
    stays: () =>
      turn(async () => {
        if (last?.outcome.kind === 'ask-companion') last = undefined;
      }),
    walkIn: (typed) =>
      turn(async () => {
        const here = place();
        if (here === undefined || here.door.handout !== undefined) return NOT_KEPT;
        const { ticket, told, person } = await enteringOf(context, typed);
        const subject = { list: here.door.id, ticket };
        const kept = await note(subject, 'in', { walkIn: told });
        if (kept.kind === 'not-kept') return kept;
        const known = { ...person, reference: referenceOf(fromBase64url(kept.noted.scanId)) };
        const outcome = { kind: 'let-in', person: known, ticketId: told.ticketId, ...kept.noted } as const;
        return remember({ subject, person: known, outcome });
      }),
    between: (work) =>
      turn(() => {
        last = undefined;
        along = [];
        return work();
      }),
  };
}

/** With what a chaperone took along, where they leave or are asked about others. */
function withTaken(outcome: ScanOutcome, tookAlong: TakenAlong = []): ScanOutcome {
  const isTheirs = outcome.kind === 'leave' || outcome.kind === 'wards-inside';
  return isTheirs && tookAlong.length > 0 ? { ...outcome, tookAlong } : outcome;
}

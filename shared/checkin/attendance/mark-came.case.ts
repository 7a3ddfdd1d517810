import { createHash } from 'node:crypto';
import type { EventDefinition } from '../../event/event.ts';
import { eventOf } from '../../event/event-of.case.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { batchGet } from '../../kernel/dynamo/batch-get.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleaned } from '../../kernel/text/cleaned.ts';
import { decodeCrockford } from '../../kernel/text/crockford.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { readRegistrations } from '../../registration/list/registration-list.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { audited, noteMinor } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { isVisible } from '../../team/role/within-reach.case.ts';
import { ticketHash, ticketHashOf } from '../../ticket/ticket-names.store.ts';
import type { CHECK_IN_ROUTES } from '../check-in.routes.ts';
import { MOST_REASON } from '../choices.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { listTermsOf } from '../list/list.ts';
import { readCheckIns } from '../review/conflicts.case.ts';
import type { MarkedLine } from '../review/people.schema.ts';
import { type SharedMark, tellOthers } from '../roster/check-in-feed.store.ts';
import type { ListTerms } from '../roster/roster.schema.ts';
import { heldBy, lookFor, type NamedHolder } from '../scan/holders.case.ts';
import { inDays, keysOfScan, planScan, type ScanSituation } from '../scan/keep-scan.case.ts';
import { keepTogether, type ToKeep } from '../scan/keep-together.case.ts';
import { dayAt, marksByDay, stayOf, validMarks } from '../scan/passage.ts';
import { BY_HAND, type ScanMark } from '../scan/scan.ts';
import { FIRST_SCANS, type Scan } from '../scan/scans.schema.ts';
import { isKnownToAll } from './arrivals.ts';
import { minutesKept, toldTime } from './minutes.ts';

type Deps = Needs<
  'auditTable' | 'client' | 'events' | 'people' | 'peopleMemory' | 'registrations' | 'registry' | 'system' | 'write'
>;
type Rules = EventDefinition<string>;

/** Milliseconds after which no more is begun: what is left is told as such, and the same again goes on. */
const TIME = 7_000;
/** Marks that phones are told of in one item: some 35 KB. */
const TOLD_AT_ONCE = 500;
/** 128 bits, as of any scan. */
const SCAN_ID_BYTES = 16;
const REFERENCE_LENGTH = 10;
const TICKET_ID_BYTES = 12;

/** Whose check-in a line is about, as far as it is known. */
interface Found {
  readonly registration: Registration;
  readonly holder: NamedHolder;
  /** `ticketHash`, base64url. */
  readonly ticket: string;
}

/**
 * Has people count as come who were not scanned: from a list that they signed, or because a member saw them. It is a check-in like another
 * one, by the same rules, and says why. To look first says of each line what would be done, and writes nothing; to do the same twice is as
 * good as once. People under 18 are marked one at a time, by members who may see them.
 *
 * @throws ProblemError `not-found` for a list of which its day or session is gone, and of a closed session, for all but those who run check-in
 */
export const markCame =
  (deps: Deps): Permitted<typeof CHECK_IN_ROUTES.markCame> =>
  async ({ params: { eventId, listId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const { lists } = await readCheckInLists(deps.client, deps.registry, event);
    const list = lists.find(({ id }) => id === listId);
    const isTold = list !== undefined && (holdsAny(caller.grants, ['run-check-in']) || isKnownToAll(event, list));
    const door = isTold ? listTermsOf(event, list) : undefined;
    if (door === undefined) throw new ProblemError('not-found');
    const until = deps.system.now().getTime() + TIME;
    const at = Date.parse(body.at);
    if (at > deps.system.now().getTime()) throw new InvalidInputError([{ path: 'at', code: 'in-the-future' }]);
    // Of a year that was typed in two digits.
    if (at < FIRST_SCANS) throw new InvalidInputError([{ path: 'at', code: 'not-a-date' }]);
    const why = cleaned('why', body.why, { max: MOST_REASON, lines: false });
    if (why === '') throw new InvalidInputError([{ path: 'why', code: 'required' }]);
    const read = await linesOf(deps, event, caller, body.lines);
    const planned = await plan(
      deps,
      {
        ...{ event, door, at, why, by: caller.id, isTakenBack: body.step === 'take-back' },
        told: toldTime(event, deps.system.now()),
      },
      read,
    );
    const toKeep = planned.flatMap(({ keep }) => keep ?? []);
    if (body.step === 'look') return json(200, { lines: planned.map(({ line }) => line) });
    const action = body.step === 'mark' ? 'mark-came' : 'take-back-mark';
    const said = { people: toKeep.length, why };
    // Of one person it is noted with them, too. Of a list each mark says who made it: a note for each would be more than one partition takes
    // at once.
    const alone = read.length === 1 ? read[0]?.found?.registration : undefined;
    const notes = [
      audited(deps, event, caller, action, listId, said),
      ...(alone === undefined ? [] : [audited(deps, event, caller, action, alone, { why })]),
    ];
    if (toKeep.length > 0) await deps.write(notes);
    const keptOf = await keepTogether(deps, toKeep, () => deps.system.now().getTime() < until);
    const shared = toKeep.flatMap((each) => {
      const kept = keptOf(each);
      const isKept = kept !== undefined && kept.result !== 'refused';
      return isKept ? [{ list: door.id, ticket: each.scan.ticket, mark: kept.mark }] : [];
    });
    await tellInParts(deps, event, [...shared, ...planned.flatMap(({ before }) => before ?? [])]);
    const done = body.step === 'mark' ? 'marked' : 'taken-back';
    return json(200, {
      lines: planned.map(({ line, keep }): MarkedLine => {
        const kept = keep && keptOf(keep);
        if (keep === undefined) return line;
        // Another member marked them at this moment, with another time.
        if (kept?.result === 'refused') return { ...line, status: kept.why === 'too-many' ? 'too-many' : 'came' };
        return { ...line, status: kept === undefined ? 'later' : done };
      }),
    });
  };

async function tellInParts(deps: Deps, event: Rules, marks: Parameters<typeof tellOthers>[3]): Promise<void> {
  const { client, registry, system } = deps;
  for (let begin = 0; begin < marks.length; begin += TOLD_AT_ONCE) {
    const some = marks.slice(begin, begin + TOLD_AT_ONCE);
    const batch = Buffer.from(system.random(SCAN_ID_BYTES)).toString('base64url');
    const about = { eventId: event.id, device: BY_HAND, at: system.now(), batch };
    await tellOthers(client, registry, about, some, retentionEnd(event));
  }
}

type Line = { readonly line: MarkedLine; readonly found?: Found };

/** Whom each line names: by the first reference or ticket number in it that is someone's, for one in thirty phone numbers reads as one. */
async function linesOf(deps: Deps, event: Rules, caller: Caller, lines: readonly string[]): Promise<readonly Line[]> {
  const named = lines.map(namesIn);
  const isReference = (name: string): boolean => name.length === REFERENCE_LENGTH;
  const names = [...new Set(named.flat())];
  const { client, registry, system } = deps;
  const read = await readRegistrations(client, registry, event.id, names.filter(isReference), system);
  const known = new Map(read.map((each) => [ticketHashOf(each), each]));
  const left = new Set(names.filter((name) => !isReference(name) && !known.has(name)));
  const byTicket = new Map([...known, ...(left.size > 0 ? (await lookFor(deps, event, left, known)).holders : [])]);
  const holders = await heldBy(deps, event, byTicket);
  const byName = new Map([...read.map((each) => [each.reference, each] as const), ...byTicket]);
  const foundBy = (name: string): Found | [] => {
    const registration = byName.get(name);
    const ticket = registration && ticketHashOf(registration);
    const holder = ticket && holders.get(ticket);
    return holder ? { registration, holder, ticket } : [];
  };
  const seen = new Set<string>();
  const found = named.map((said): Line => {
    if (said.length === 0) return { line: { status: 'unreadable' } };
    const [known] = said.flatMap(foundBy);
    if (known === undefined) return { line: { status: 'unknown' } };
    const { registration } = known;
    const { reference, fullName, ageBand } = registration;
    if (ageBand === 'minor' && (lines.length > 1 || !isVisible(caller, registration, event)))
      return { line: { status: 'minor' } };
    // Of a minor whose registration ended, only the ticket's number stays.
    if (fullName === '' || !isVisible(caller, registration, event)) return { line: { status: 'unknown' } };
    if (seen.has(reference)) return { line: { status: 'repeated', reference, fullName } };
    seen.add(reference);
    return { line: { status: 'ready', reference, fullName }, found: known };
  });
  const minor = found.find((each) => each.found?.registration.ageBand === 'minor')?.found?.registration;
  if (minor !== undefined) await noteMinor(deps, event, caller, minor.reference);
  return found;
}

/** What of a line is looked for: what else is in it is hardly ever like a reference more than once. */
const MOST_NAMES = 3;

/** @returns references, and what scans call the tickets of ticket numbers */
const namesIn = (line: string): readonly string[] =>
  [line, ...line.split(/[\s,;|]+/)]
    .flatMap((word) => {
      const id = decodeCrockford(word);
      return parseReference(word) ?? (id?.length === TICKET_ID_BYTES ? ticketHash(id).toString('base64url') : []);
    })
    .slice(0, MOST_NAMES);

interface Marking {
  readonly event: Rules;
  readonly door: ListTerms;
  /** When they came, epoch milliseconds. */
  readonly at: number;
  readonly why: string;
  /** The member. */
  readonly by: string;
  readonly isTakenBack: boolean;
  /** How an instant is told. */
  readonly told: (at: number) => string;
}

interface Planned {
  readonly line: MarkedLine;
  /** What is to be written of it; absent where nothing is. */
  readonly keep?: ToKeep;
  /** What members noted before, where nothing is left to be written: a press that ended in the middle may have told nobody of it. */
  readonly before?: readonly SharedMark[];
}

/** What is to be done of each line, as things stand. */
async function plan(deps: Deps, marking: Marking, lines: readonly Line[]): Promise<readonly Planned[]> {
  const { event, door } = marking;
  const minutes = minutesKept(event);
  const found = lines.flatMap((each) => each.found ?? []);
  const standOf = await readCheckIns(
    deps,
    event.id,
    found.map(({ ticket }) => ({ list: door.id, ticket })),
  );
  const all = lines.map((each): Planned => {
    if (each.found === undefined) return each;
    const { ticket } = each.found;
    const marks = standOf({ list: door.id, ticket })?.marks ?? [];
    const planned = (marking.isTakenBack ? takenBack : marked)(marking, each, each.found, marks);
    if (planned.keep !== undefined) return planned;
    const before = inDays(deps, { minutes }, marks).filter(({ device }) => device === BY_HAND);
    return { ...planned, before: before.map((mark) => ({ list: door.id, ticket, mark })) };
  });
  const keys = all.flatMap(({ keep }) => (keep ? Object.values(keysOfScan(keep.scan, keep.occasion)) : []));
  const find = await batchGet(deps.client, deps.registry, keys, deps.system, true);
  return all.map((each) => {
    if (each.keep === undefined || marking.isTakenBack) return each;
    const { kept } = planScan(deps, find, each.keep.scan, each.keep.occasion);
    const doubt = kept.result === 'kept' ? kept.doubt : undefined;
    return { ...each, line: { ...each.line, ...(doubt && { doubt }) } };
  });
}

function marked(marking: Marking, { line }: Line, { holder, ticket }: Found, marks: readonly ScanMark[]): Planned {
  const { door, at, why, by, told } = marking;
  const stay = stayOf(marksByDay(marks, door).get(dayAt(door, at)) ?? [], door.passing);
  if (stay !== undefined) {
    const { device, correctedAt } = stay.first;
    const came = {
      cameAt: told(correctedAt),
      ...(device === BY_HAND && { isByHand: true as const }),
    };
    return { line: { ...line, status: 'came', ...came } };
  }
  // Whom a member marked and took back is marked anew by another scan.
  const before = marks.filter(({ device, kind }) => device === BY_HAND && kind === 'in').length;
  const scanId = idOf(['marked', door.id, ticket, before]);
  const times = { scannedAt: at, correctedAt: at };
  const scan: Scan = { scanId, list: door.id, ticket, device: BY_HAND, kind: 'in', reason: why, by, ...times };
  return { line, keep: { scan, occasion: occasionOf(marking, holder) } };
}

/** What a member marked: what a phone scanned is taken back there, or decided on. */
function takenBack(marking: Marking, { line }: Line, { holder, ticket }: Found, marks: readonly ScanMark[]): Planned {
  const { door, why, by } = marking;
  const mark = validMarks(marks).find(({ device, kind }) => device === BY_HAND && kind === 'in');
  if (mark === undefined) return { line: { ...line, status: 'not-marked' } };
  const { scanId: undoes, correctedAt } = mark;
  const times = { scannedAt: correctedAt, correctedAt };
  const scanId = idOf(['taken-back', undoes]);
  const undo = { kind: 'undo' as const, undoes, reason: why, by };
  const scan: Scan = { scanId, list: door.id, ticket, device: BY_HAND, ...undo, ...times };
  return { line, keep: { scan, occasion: occasionOf(marking, holder) } };
}

const occasionOf = ({ event, door }: Marking, holder: NamedHolder): ScanSituation => ({
  ...{ eventId: event.id, door, holder, enrolledAt: 0, expiresAt: retentionEnd(event) },
  minutes: minutesKept(event),
});

const idOf = (of: readonly (string | number)[]): string =>
  createHash('sha256').update(of.join(' ')).digest().subarray(0, SCAN_ID_BYTES).toString('base64url');

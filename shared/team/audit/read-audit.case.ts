import type { EventDefinition } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json, tableOf } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { parseReference } from '../../kernel/text/reference.ts';
import { instantOf, localWithOffset } from '../../kernel/text/zoned-time.ts';
import { endAfter, holdsAny, maySeeMinors } from '../role/organiser-role.ts';
import type { Caller, Permitted } from '../role/permitted.case.ts';
import { setNames } from '../role/ticks.ts';
import { definitionOf, shownRegistration } from '../role/within-reach.case.ts';
import type { AUDIT_ROUTES } from './audit.routes.ts';
import type { AuditFilter } from './audit.schema.ts';
import { kindOf } from './audit.ts';
import type { AuditWanted, ReadEntry } from './audit-reader.store.ts';
import { audited } from './audited.case.ts';

type Deps = Needs<'auditReader' | 'auditTable' | 'events' | 'registrations' | 'system' | 'write'>;
type Rules = EventDefinition<string>;

/** Entries of a page. */
const AT_ONCE = 50;
/** Those that are looked at for a page where several things are asked for at once: some 50 KB. */
const LOOKED_AT = 120;

/** Who did what and when. That an owner looked is noted, or they do not see it; so is that they saw references of minors (CS14). */
export const listAudit =
  (deps: Deps): Permitted<typeof AUDIT_ROUTES.listAudit> =>
  async ({ params: { eventId }, query, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const wanted = { ...wantedOf(event, query), before: query.before };
    const { entries, next } = await deps.auditReader.page(eventId, wanted, AT_ONCE, LOOKED_AT);
    const shown = shownOf(event, caller, wanted, ofAdults(wanted, entries));
    await deps.write([audited(deps, event, caller, 'read-audit'), ...noteMinors(deps, event, caller, shown)]);
    return json(200, { entries: shown, next });
  };

/** Entries of a file, and those that are looked at for it: some 7 MB, which take two seconds. */
const MOST_EXPORTED = 5_000;
const MOST_LOOKED_AT = 20_000;
const A_READING = 1_000;

const COLUMNS = [
  ...(['at', 'by', 'byLabel', 'kind', 'action', 'person', 'reference', 'about', 'label', 'sets'] as const),
  ...(['vettedUntil', 'why', 'people', 'columns'] as const),
] as const satisfies readonly (keyof Shown)[];

/** The same as a table: a file leaves the system and its rules behind, so that a minor's reference is in none (CS16). */
export const exportAudit =
  (deps: Deps): Permitted<typeof AUDIT_ROUTES.exportAudit> =>
  async ({ params: { eventId }, query, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const wanted = wantedOf(event, query);
    const found: ReadEntry[] = [];
    let before: string | undefined;
    for (let looked = 0; looked === 0 || before !== undefined; looked += A_READING) {
      if (found.length > MOST_EXPORTED || looked >= MOST_LOOKED_AT) throw new ProblemError('export-too-large');
      const page = await deps.auditReader.page(eventId, { ...wanted, before }, A_READING, A_READING);
      found.push(...page.entries);
      before = page.next;
    }
    if (found.length > MOST_EXPORTED) throw new ProblemError('export-too-large');
    const shown = shownOf(event, withoutMinors(caller), wanted, ofAdults(wanted, found));
    const rows = shown.map((entry) => COLUMNS.map((name) => cellOf(event, entry, name)));
    const file = tableOf(`${eventId}-audit`, [COLUMNS, ...rows]);
    await deps.write([audited(deps, event, caller, 'export-audit', undefined, { columns: [...COLUMNS] })]);
    return file;
  };

const withoutMinors = (caller: Caller): Caller => ({
  ...caller,
  grants: caller.grants.map(({ vettedUntil: _, ...grant }) => grant),
});

function cellOf({ timeZone }: Rules, entry: Shown, name: (typeof COLUMNS)[number]): string {
  const value = entry[name];
  if (name === 'at') return localWithOffset(new Date(entry.at), timeZone);
  return typeof value === 'object' ? value.join('; ') : String(value ?? '');
}

/** What was done about one person, for members who see them. A look at a minor is noted there, with why. */
export const listRegistrationAudit =
  (deps: Deps): Permitted<typeof AUDIT_ROUTES.listRegistrationAudit> =>
  async (request, caller) => {
    const { registration, event } = await shownRegistration(deps, request, caller);
    const wanted = { reference: registration.reference, before: request.query.before };
    const { entries, next } = await deps.auditReader.page(event.id, wanted, AT_ONCE);
    return json(200, { entries: shownOf(event, caller, wanted, entries), next });
  };

/** @throws InvalidInputError for what is no reference, and for days in the wrong order */
function wantedOf({ timeZone }: Rules, { who, kind, from, to, reference: typed = '' }: AuditFilter): AuditWanted {
  const reference = typed.trim() === '' ? undefined : parseReference(typed);
  if (typed.trim() !== '' && reference === undefined)
    throw new InvalidInputError([{ path: 'reference', code: 'unknown-option' }]);
  if (from !== undefined && to !== undefined && to < from)
    throw new InvalidInputError([doesNotFit('to', unfit('days-order'))]);
  return {
    ...{ by: who, kind, reference },
    from: from && instantOf(inCentury(from), '00:00', timeZone).toISOString(),
    until: to && endAfter(inCentury(to), timeZone),
  };
}

/** Nothing was noted before or is after: clocks of other years are no instants. */
const [FIRST_DAY, LAST_DAY] = ['2000-01-01', '2099-12-31'] as const;

const inCentury = (date: string): string => (date < FIRST_DAY ? FIRST_DAY : date > LAST_DAY ? LAST_DAY : date);

/** Where one person is asked for, nothing of a minor: of one of them it is read on their page, by who says why. */
const ofAdults = ({ reference }: AuditWanted, entries: readonly ReadEntry[]): readonly ReadEntry[] =>
  reference === undefined ? entries : entries.filter(({ person }) => person !== 'minor');

type Shown = ReturnType<typeof shownEntry>;

/**
 * Entries as a member may see them: who it is about is left out of what is about a minor or about needs, where they may not see or know of
 * that. Where one person is asked for, such an entry is left out as a whole: it would say that it is about them.
 */
function shownOf(event: Rules, caller: Caller, { reference }: AuditWanted, entries: readonly ReadEntry[]) {
  const sight = { minors: maySeeMinors(caller.grants, lastDay(event)), care: holdsAny(caller.grants, ['care']) };
  const told = reference === undefined ? entries : entries.filter((entry) => isTold(entry, sight));
  return told.map((entry) => shownEntry(entry, isTold(entry, sight)));
}

interface Sight {
  readonly minors: boolean;
  readonly care: boolean;
}

function isTold({ action, person }: ReadEntry, { minors, care }: Sight): boolean {
  const kind = kindOf(action);
  if (kind === 'care' && !care) return false;
  return minors || (kind !== 'safeguarding' && person !== 'minor');
}

function shownEntry({ id: _, grants, about, person, why, ...entry }: ReadEntry, mayTell: boolean) {
  const kind = kindOf(entry.action);
  // What reports are called leads to no one, and is nobody's to know who does not read them.
  const other = kind === 'safeguarding' || kind === 'care' ? undefined : about;
  return {
    ...entry,
    ...{ kind, person, sets: grants && setNames(grants) },
    reference: mayTell && person !== undefined ? about : undefined,
    about: mayTell && person === undefined ? other : undefined,
    why: mayTell ? why : undefined,
  };
}

/** That references of minors are seen. */
const noteMinors = (deps: Deps, event: Rules, caller: Caller, shown: readonly Shown[]) =>
  shown.some(({ person, reference }) => person === 'minor' && reference !== undefined)
    ? [audited(deps, event, caller, 'list-minors')]
    : [];

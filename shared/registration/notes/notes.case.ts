import type { EventDefinition } from '../../event/event.ts';
import { minutesEnd, retentionEnd } from '../../event/event-times.ts';
import { transact, untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { doesNotFit, unfit } from '../../kernel/text/field-problem.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { type MemberNames, memberNames } from '../../team/role/member-names.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration } from '../../team/role/within-reach.case.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { Registration } from '../registration.schema.ts';
import { requireUnchanged } from '../registration.store.ts';
import type { Note } from './notes.schema.ts';
import { putNotes, readNotes } from './notes.store.ts';
import { LONGEST_NOTE, MOST_NOTES } from './notes.ts';

type Deps = Needs<'auditTable' | 'client' | 'events' | 'registrations' | 'registry' | 'roles' | 'system' | 'write'>;
type Wanted = Parameters<typeof ownRegistration>[1];

/**
 * What is noted on an adult, for those who may change their registration: as it was a moment ago. None from thirty days after the event on,
 * also before they are deleted.
 */
export async function notesTold(
  deps: Needs<'client' | 'registry' | 'system'>,
  event: EventDefinition<string>,
  caller: Caller,
  of: Registration,
  labels: MemberNames,
) {
  if (isOver(deps, event)) return { notes: [] };
  const { notes } = await readNotes(deps, of, { consistent: false });
  return told(caller, notes, notes.length === 0 ? new Map() : await labels());
}

/** Writes a note; the same again changes nothing. It is never written over: who wants to say something else writes another. */
export const writeNote =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.writeNote> =>
  async (request, caller) => {
    const text = cleanedAndGiven('text', request.body.text, { max: LONGEST_NOTE, lines: true });
    const { noteId: id } = request.params;
    return rewrite(deps, request, caller, 'write-note', (notes) => {
      const there = notes.find((each) => each.id === id);
      if (there?.text === text && there.by === caller.id) return undefined;
      if (there !== undefined) throw new ProblemError('out-of-date');
      if (notes.length >= MOST_NOTES)
        throw new InvalidInputError([doesNotFit('text', unfit('notes-most', { max: MOST_NOTES }))]);
      return [...notes, { id, by: caller.id, at: deps.system.now().toISOString(), text }];
    });
  };

/** Takes a note away, by who wrote it or an owner. Twice is a success twice. */
export const removeNote =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.removeNote> =>
  async (request, caller) =>
    rewrite(deps, request, caller, 'remove-note', (notes) => {
      const there = notes.find((each) => each.id === request.params.noteId);
      if (there === undefined) return undefined;
      if (!mayRemove(caller, there)) throw new ProblemError('not-permitted');
      return notes.filter((each) => each !== there);
    });

const mayRemove = (caller: Caller, { by }: Pick<Note, 'by'>): boolean =>
  by === caller.id || holdsAny(caller.grants, ['manage-team']);

/** @throws ProblemError `not-found` beyond the caller's reach; `not-amendable` of someone under 18, of whom nothing is noted here */
async function notedAdult(deps: Deps, wanted: Wanted, caller: Caller) {
  const found = await ownRegistration(deps, wanted, caller);
  if (found.registration.ageBand === 'minor') throw new ProblemError('not-amendable');
  return found;
}

const isOver = ({ system }: Needs<'system'>, event: EventDefinition<string>): boolean =>
  system.now() >= minutesEnd(event);

/**
 * Writes them where the person is who was looked at: of one who is erased, or replaced, at the same moment nothing is left behind.
 *
 * @param decide nothing where there is nothing to change
 */
const rewrite = (
  deps: Deps,
  wanted: Wanted,
  caller: Caller,
  action: 'write-note' | 'remove-note',
  decide: (notes: readonly Note[]) => readonly Note[] | undefined,
) =>
  untilWritten(deps.system, async () => {
    const { registration, event } = await notedAdult(deps, wanted, caller);
    if (isOver(deps, event)) throw new ProblemError('not-amendable');
    const before = await readNotes(deps, registration);
    const notes = decide(before.notes);
    if (notes === undefined) return shown(deps, event, caller, before.notes);
    const { eventId, reference, revision } = registration;
    const refusals = await transact(
      deps.client,
      [
        putNotes(deps.registry, registration, before, notes, retentionEnd(event)),
        requireUnchanged(deps.registry, eventId, reference, revision),
        audited(deps, event, caller, action, registration),
      ],
      deps.system,
    );
    return refusals.length === 0 ? shown(deps, event, caller, notes) : undefined;
  });

const shown = async (deps: Deps, event: EventDefinition<string>, caller: Caller, notes: readonly Note[]) =>
  json(200, told(caller, notes, notes.length === 0 ? new Map() : await memberNames(deps, event.id)()));

const told = (caller: Caller, notes: readonly Note[], labels: ReadonlyMap<string, string | undefined>) => ({
  notes: notes
    .map(({ id, at, by, text }) => ({ id, at, by: labels.get(by), text, mayRemove: mayRemove(caller, { by }) }))
    .reverse(),
});

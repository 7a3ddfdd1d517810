import { answersFor, asReadBy } from '../../event/answer-readers.ts';
import type { AnswerValue } from '../../event/condition.ts';
import type { EventDefinition } from '../../event/event.ts';
import { json, requireRoom } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, isVisible } from '../../team/role/within-reach.case.ts';
import { hashAddress } from '../hashes.store.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { Registration } from '../registration.schema.ts';
import { listedQuestions } from './person.ts';

type Routes = typeof ORGANISER_REGISTRATION_ROUTES;
type Deps = Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'write'>;

/**
 * Who is registered with an address, which no index holds: the lock that holds it says so. An adult within the caller's reach, or nobody; each
 * time it is noted, for an address says who someone is.
 */
export const findByAddress =
  (deps: Deps & Needs<'locks' | 'secrets'>): Permitted<Routes['findByAddress']> =>
  async ({ params: { eventId }, body: { email }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const lock = await deps.locks.read(eventId, await hashAddress(deps.secrets, eventId, email));
    const found = lock && (await deps.registrations.read(eventId, lock.reference));
    const isTheirs = found && found.ageBand !== 'minor' && isVisible(caller, found, event);
    const reference = isTheirs ? found.reference : undefined;
    await deps.write([audited(deps, event, caller, 'find-address', isTheirs ? found : undefined)]);
    return json(200, { reference });
  };

/** Notes a file that a console makes of what it has loaded: it is made once that is noted. */
export const noteExport =
  (deps: Deps): Permitted<Routes['noteExport']> =>
  async ({ params: { eventId }, body: { people, columns }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    await deps.write([audited(deps, event, caller, 'export', undefined, { people, columns })]);
    return json(200, { noted: true });
  };

/**
 * What the index has not of those who were chosen: addresses, what was typed freely, consents. A file leaves the system and its rules behind:
 * no minor is in it, no matter who asks. Who is there no more is left out.
 */
export const exportAddresses =
  (deps: Deps & Needs<'people'>): Permitted<Routes['exportAddresses']> =>
  async ({ params: { eventId }, body: { references }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const registrations = await deps.people.registrations(eventId, references);
    const chosen = registrations.filter((each) => each.ageBand !== 'minor' && isVisible(caller, each, event));
    const columns = unlistedColumns(asReadBy(caller.grants, event), caller);
    const answer = {
      columns: columns.map(({ title }) => title),
      people: chosen.map((each) => ({
        reference: each.reference,
        cells: columns.map(({ of }) => text(of(each))),
      })),
    };
    requireRoom(JSON.stringify(answer));
    const said = { people: chosen.length, columns: columns.map(({ id }) => id) };
    await deps.write([audited(deps, event, caller, 'export-addresses', undefined, said)]);
    return json(200, answer);
  };

interface Column {
  readonly id: string;
  readonly title: string;
  readonly of: (registration: Registration) => AnswerValue | undefined;
}

/**
 * What an attendee needs arranged is kept apart from registrations, and its questions have no column either.
 *
 * @param event as the caller reads it
 */
function unlistedColumns(event: EventDefinition<string>, { grants }: Caller): readonly Column[] {
  const listed = new Set(listedQuestions(event));
  return [
    { id: 'email', title: 'email', of: ({ email }) => email },
    { id: 'position', title: 'position', of: ({ position }) => position },
    ...event.questions
      .filter(({ id, care }) => !care && !listed.has(id))
      .map(({ id, title }): Column => {
        const of = (each: Registration): AnswerValue | undefined => answersFor(grants, event, each)[id];
        return { id, title: `${id}: ${title}`, of };
      }),
    ...event.consents.map(
      ({ id, title }): Column => ({ id, title: `${id}: ${title}`, of: ({ consents }) => consents[id] }),
    ),
  ];
}

const text = (value: AnswerValue | undefined): string =>
  typeof value === 'object' ? value.join('; ') : String(value ?? '');

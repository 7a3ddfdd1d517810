import type { EventDefinition } from '../event/event.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import { lastDay } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import { json, table } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Tick } from '../kernel/route.ts';
import { csvOf } from '../kernel/text/csv.ts';
import { parseReference } from '../kernel/text/reference.ts';
import { compareNames } from '../kernel/text/text.ts';
import { localDate } from '../kernel/text/zoned-time.ts';
import { readPeople } from '../registration/people/people.case.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { audited } from '../team/audit/audited.case.ts';
import { teamNames } from '../team/role/member-names.case.ts';
import { isVetted } from '../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../team/role/permitted.case.ts';
import type { CARE_ROUTES } from './care.routes.ts';
import { type CareCounts, careCounts, comesInPerson, hasOwnNeed, hasPlace, inSum } from './care-needs.ts';

/**
 * What is to be arranged for whom, of everyone who has a place: first what is not arranged yet. That a member looked is
 * noted, also that they saw children, or they do not see it (CS14, CS15).
 */
export const listNeeds =
  (
    deps: Needs<'auditTable' | 'careNeeds' | 'events' | 'people' | 'roles' | 'system' | 'write'>,
  ): Permitted<typeof CARE_ROUTES.listNeeds> =>
  async (request, caller) => {
    const event = await requireEvent(deps, request);
    const kept = await deps.careNeeds.list(event.id);
    const summed = kept.map((needs) => ({ ...needs, answers: inSum(event, needs) }));
    const own = summed.filter((needs) => hasOwnNeed(event, needs));
    const registrations = await deps.people.registrations(
      event.id,
      own.map(({ reference }) => reference),
    );
    const people = new Map(registrations.filter(hasPlace).map((each) => [each.reference, each]));
    const wanted = own.flatMap((needs) => {
      const registration = people.get(needs.reference);
      return registration ? [{ needs, registration }] : [];
    });
    const shown = wanted.filter(({ registration }) => mayKnow(caller, registration, event));
    const hasMinors = shown.some(({ registration }) => registration.ageBand === 'minor');
    await deps.write([
      audited(deps, event, caller, 'list-needs'),
      ...(hasMinors ? [audited(deps, event, caller, 'list-minors')] : []),
    ]);
    const nameOf = await teamNames(
      deps,
      event.id,
      shown.flatMap(({ needs: { arranged } }) => arranged?.by ?? []),
    );
    const rows = shown.map(({ registration, needs: { arranged, reference, answers, edition, sentAt } }) => ({
      reference,
      fullName: registration.fullName,
      mode: asHeld(event, registration).mode,
      days: registration.days,
      ageBand: registration.ageBand,
      answers,
      edition,
      sentAt,
      ...(arranged && { arranged: { at: arranged.at, by: nameOf(arranged.by) } }),
    }));
    return json(200, { needs: rows.sort(openFirst), hidden: wanted.length - shown.length });
  };

interface Row {
  readonly fullName: string;
  readonly arranged?: object;
}

const openFirst = (a: Row, b: Row): number =>
  Number(a.arranged !== undefined) - Number(b.arranged !== undefined) || compareNames(a.fullName, b.fullName);

/** Ticks what was looked at, or takes the tick back; whatever has replaced it since is not ticked unseen. */
export const arrangeNeed =
  (
    deps: Needs<'auditTable' | 'careNeeds' | 'events' | 'registrations' | 'roles' | 'system'>,
  ): Permitted<typeof CARE_ROUTES.arrangeNeed> =>
  async (request, caller) => {
    const event = await requireEvent(deps, request);
    const reference = parseReference(request.params.reference);
    if (reference === undefined) throw new ProblemError('not-found');
    const [registration, needs] = await Promise.all([
      deps.registrations.read(event.id, reference),
      deps.careNeeds.read({ eventId: event.id, reference }),
    ]);
    if (!registration || !needs || !hasPlace(registration) || !mayKnow(caller, registration, event))
      throw new ProblemError('not-found');
    const { arranged: isArranged, edition } = request.body;
    if (needs.edition !== edition) throw new ProblemError('out-of-date');
    const isSaid = (needs.arranged !== undefined) === isArranged;
    const said = { at: deps.system.now().toISOString(), by: caller.id };
    const arranged = isSaid ? needs.arranged : isArranged ? said : undefined;
    const noted = audited(deps, event, caller, isArranged ? 'arrange-need' : 'reopen-need', registration);
    if (!isSaid && !(await deps.careNeeds.arrange(needs, arranged, noted))) throw new ProblemError('out-of-date');
    if (arranged === undefined) return json(200, { reference, edition });
    const nameOf = await teamNames(deps, event.id, [arranged.by]);
    return json(200, { reference, edition, arranged: { at: arranged.at, by: nameOf(arranged.by) } });
  };

type CountsDeps = Needs<'careNeeds' | 'events' | 'people' | 'peopleMemory' | 'system'>;

export const countNeeds =
  (deps: CountsDeps): Permitted<typeof CARE_ROUTES.countNeeds> =>
  async (request) => {
    const event = await requireEvent(deps, request);
    const countedAt = deps.system.now().toISOString();
    return json(200, { countedAt, ...(await counted(deps, event)) });
  };

/** A line for each choice, a column for each day. */
export const exportNeedCounts =
  (deps: CountsDeps): Permitted<typeof CARE_ROUTES.exportNeedCounts> =>
  async (request) => {
    const event = await requireEvent(deps, request);
    const date = localDate(deps.system.now(), event.timeZone);
    return table(`${event.id}-care-${date}`, csvOf(rowsOf(event, await counted(deps, event))));
  };

/** Children are counted like anyone; who chose what does not leave this function. */
async function counted(deps: CountsDeps, event: EventDefinition<string>): Promise<CareCounts> {
  const [known, needs] = await Promise.all([readPeople(deps, event), deps.careNeeds.list(event.id)]);
  const answersOf = new Map(needs.map((each) => [each.reference, inSum(event, each)]));
  const comers = [...known.people.values(), ...known.minors.values()]
    .filter((each) => !isCalledOff(event) && comesInPerson(asHeld(event, each)))
    .map(({ reference, days }) => ({
      days,
      answers: answersOf.get(reference) ?? {},
    }));
  return careCounts(event, comers);
}

function rowsOf({ days, questions }: EventDefinition<string>, counts: CareCounts): string[][] {
  const perDay = (people: CareCounts['people']): string[] => days.map(({ id }) => String(people[id] ?? 0));
  const lines = counts.questions.flatMap(({ id, options }) => {
    const asked = questions.find((question) => question.id === id);
    return options.map((option) => [
      asked?.title ?? id,
      asked?.options?.find((each) => each.id === option.id)?.title ?? option.id,
      ...perDay(option.people),
    ]);
  });
  return [
    ['question', 'choice', ...days.map(({ title, date }) => `${title} (${date})`)],
    ['everyone who comes', '', ...perDay(counts.people)],
    ...lines,
  ];
}

/** @throws ProblemError `unknown-event` */
export async function requireEvent(
  { events }: Pick<Needs<'events'>, 'events'>,
  { params: { eventId }, language }: { readonly params: { readonly eventId: string }; readonly language: string },
): Promise<EventDefinition<string>> {
  const found = await events.readEvent(eventId, language);
  if (found === undefined) throw new ProblemError('unknown-event');
  return found.event;
}

const WHO_ARRANGES: readonly Tick[] = ['care'];

/** Whether a member may know who has a need: of minors only one who was vetted until the event's end (CS13). */
export const mayKnow = (
  { grants }: Caller,
  { ageBand }: Pick<Registration, 'ageBand'>,
  event: EventDefinition<string>,
): boolean => ageBand !== 'minor' || isVetted(grants, WHO_ARRANGES, lastDay(event));

import type { EventDefinition } from '../event/event.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import { json, table } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { csvOf } from '../kernel/text/csv.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { type CareCounts, careCounts, comesInPerson } from './care-counts.ts';
import { requireEvent } from './event.case.ts';

type Deps = Needs<'careNeeds' | 'events' | 'listRegistrations' | 'system'>;

export const countNeeds =
  (deps: Deps): Permitted<'countNeeds'> =>
  async (request) => {
    const event = await requireEvent(deps, request);
    const countedAt = deps.system.now().toISOString();
    return json(200, { countedAt, ...(await counted(deps, event)) });
  };

/** A line for each choice, a column for each day. */
export const exportNeedCounts =
  (deps: Deps): Permitted<'exportNeedCounts'> =>
  async (request) => {
    const event = await requireEvent(deps, request);
    const date = deps.system.now().toISOString().slice(0, 10);
    return table(`${event.id}-care-${date}`, csvOf(rowsOf(event, await counted(deps, event))));
  };

/** Children are counted like anyone; who chose what does not leave this function. */
async function counted(deps: Deps, event: EventDefinition<string>): Promise<CareCounts> {
  const [all, needs] = await Promise.all([deps.listRegistrations(event.id), deps.careNeeds.list(event.id)]);
  const answersOf = new Map(needs.map(({ reference, answers }) => [reference, answers]));
  const comers = all
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

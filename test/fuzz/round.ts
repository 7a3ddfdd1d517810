import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import type { Question, QuestionType } from '../../shared/event/event.ts';
import { problemDocument } from '../../shared/kernel/http/problem.schema.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES, type RouteId } from '../../shared/routes.ts';
import { countSeats } from '../../shared/seats/kept-seats.ts';
import { type Call, postJson } from '../support/call.ts';
import type { Parts } from '../support/parts.ts';
import { asFunction } from '../support/permissions.ts';
import { readRegistry, scan } from '../support/registry.ts';
import { outboxInserts } from '../support/stream.ts';
import { callAsHolder, openWholeEvent } from '../support/whole-event.ts';
import { Chance } from './chance.ts';
import { drawRequest } from './request.ts';

const title = { en: 'Question', km: 'សំណួរ' };
const TYPES: readonly QuestionType[] = [
  ...(['text', 'long-text', 'email', 'phone', 'country', 'organisation'] as const),
  ...(['choice', 'multi-choice', 'yes-no', 'number', 'date'] as const),
];
const QUESTIONS = TYPES.map((type): Question => {
  const options = ['one', 'two'].map((id) => ({ id, title }));
  const id = `of${type.replace('-', '')}`;
  return { id, type, required: false, title, ...(type.endsWith('choice') && { options }) };
});

/** After these others find little: they come last. */
const ENDING: readonly RouteId[] = [
  'changeRegistrationWindow',
  'changeEventStatus',
  'changeCapacity',
  'replaceDefinition',
];
const ALL = Object.keys(ROUTES) as RouteId[];

/** Requests that are sent once more, as they are. */
const TWICE = 0.1;
/** After so many it is read anew who is there. */
const PEOPLE_KEPT = 15;
const FREE_SEATS = 4;

/**
 * Opens an event in which everyone takes part and sends it, in an order by chance, requests that the contract allows: none may fail, and
 * afterwards counters say what registrations hold, jobs and mail are done, and every page and list is answered.
 *
 * @param each requests of each route; of those that change nothing a quarter, and one of each in the end
 * @returns what went wrong, and how many were sent
 */
export async function sendRound(parts: Parts, seed: number, each: number) {
  const event = await openWholeEvent(parts, `fuzz-${seed}`, { questions: QUESTIONS, answers: {} });
  const chance = new Chance(seed);
  const faults: string[] = [];
  let number = 0;
  let people = await readPeople();

  async function readPeople() {
    const { registrations } = await readRegistry(parts, event.id);
    return registrations.sort((one, other) => (one.email < other.email ? -1 : 1));
  }

  async function ask(id: RouteId, params: Readonly<Record<string, string>> = {}, body?: object) {
    const there = event.callOf(id);
    const sent = body ? postJson(body, there.headers) : {};
    const answer = await callAsHolder(id, { ...there, params: { ...there.params, ...params }, ...sent });
    return JSON.parse(answer.body ?? '{}');
  }

  /** @returns what is wrong with the answer */
  async function faultOf(id: RouteId, what: Call): Promise<string | undefined> {
    const { statusCode = 0, body = '' } = await callAsHolder(id, what);
    if (statusCode < 400 || !body.startsWith('{"type"')) return statusCode < 500 ? undefined : `${statusCode}`;
    const { data, error } = problemDocument.safeParse(JSON.parse(body));
    const { errors }: Route = ROUTES[id];
    if (error) return error.message;
    return statusCode < 500 || errors.some((type) => data.type.endsWith(`:${type}`)) ? undefined : data.type;
  }

  async function note(what: string, work: () => Promise<unknown>): Promise<void> {
    const fault = await work().catch((error: Error) => error.stack);
    if (fault !== undefined) faults.push(`${what}: ${fault}`);
  }

  async function send(ids: readonly RouteId[]): Promise<void> {
    for (const id of inAnyOrder(ids, each, chance)) {
      number += 1;
      if (number % PEOPLE_KEPT === 0) people = await readPeople();
      const what = await drawRequest(id, { event, people, number, ask }, chance);
      const said = `request ${number}, ${id} ${JSON.stringify({ ...what, body: String(what.body) })}`;
      await note(said, () => faultOf(id, what));
      if (chance.is(TWICE)) await note(`again, ${said}`, () => faultOf(id, what));
    }
  }

  async function check(): Promise<void> {
    await note('jobs', () => event.doJobs());
    await note('counters', () => wrongCounts(parts, event.id));
    await note('mail', async () => {
      const { handler } = await import('../../functions/outbox/index.ts');
      const mail = (await outboxInserts(parts)) as DynamoDBStreamEvent;
      const { batchItemFailures } = await asFunction('outbox', () => handler(mail));
      return batchItemFailures.length > 0 ? JSON.stringify(batchItemFailures) : undefined;
    });
  }

  const { version } = await ask('getProgramme');
  await ask('changeCapacity', {}, { capacity: people.length + FREE_SEATS, version });
  await send(ALL.filter((id) => !ENDING.includes(id)));
  await check();
  await send(ENDING);
  await check();
  for (const id of ALL)
    if (ROUTES[id].method === 'GET') await note(`after all, ${id}`, () => faultOf(id, event.callOf(id)));
  return { faults, sent: number };
}

/** @param each where it is below 1, the share of routes that come once */
function inAnyOrder(ids: readonly RouteId[], each: number, chance: Chance): RouteId[] {
  const times = (id: RouteId): number => Math.floor(ROUTES[id].method === 'GET' ? each / 4 : each + chance.next());
  return ids
    .flatMap((id) => Array.from({ length: times(id) }, () => [chance.next(), id] as const))
    .sort(([one], [other]) => one - other)
    .map(([, id]) => id);
}

/** Counters that say something else than registrations, and what changes of many people hold back, do; nothing where none does. */
async function wrongCounts(parts: Parts, eventId: string): Promise<string | undefined> {
  const { registrations, counters, waitlist } = await readRegistry(parts, eventId);
  const changed = await scan(parts, 'registry', { partitions: [`BULK#${eventId}#`] });
  const heldBack = changed.flatMap(
    ({ held }) => (held as { seats: (typeof registrations)[number]['seats'] } | undefined)?.seats ?? [],
  );
  const held = countSeats([...registrations.flatMap(({ seats }) => seats), ...heldBack]);
  const wrong = [...counters].flatMap(([name, { taken, waiting }]) => {
    const is = held.get(name) ?? { taken: 0, waiting: 0 };
    return isDeepStrictEqual(is, { taken, waiting })
      ? []
      : [`${name} says ${taken} and ${waiting} of ${is.taken} and ${is.waiting}`];
  });
  const waits = registrations.filter(({ status }) => status === 'waitlisted').map(({ reference }) => reference);
  const isInLine = isDeepStrictEqual(waitlist.map(({ reference }) => reference).sort(), waits.sort());
  return wrong.length > 0 || !isInLine ? [...wrong, `${waits} wait`].join('; ') : undefined;
}

import type { Quota } from '../shared/event/event.ts';
import { SERVICE_TIMES } from './hot-counters/database.ts';
import { INSTANCE_TIMES, type Opening, type Outcome, open } from './hot-counters/opening.ts';
import type { Measure } from './measure.ts';
import { percentile } from './statistics.ts';

/** A fifth more than is to be taken: the last who comes waits for an answer as others do, and that second counts. */
const COMING = 1200;
/** Registrations a second. */
const LEAST_PACE = 1000;
/** Who come within ten seconds. */
const PEOPLE = 12_000;
/** Milliseconds. */
const MOST_WAITED = 2000;

const quota = (id: string, capacity: number): Quota => ({ id, title: { en: id, km: id }, capacity, shards: 1 });

const one = (seats: number): Quota[] => [quota('room', seats)];
const three = (seats: number): Quota[] => [quota('everyone', 2 * PEOPLE), quota('building', PEOPLE), ...one(seats)];

const HALF = PEOPLE / 2;
/** The last seats go at the end, where a late attendee has no time to make up for it. */
const NEARLY_ALL = (98 * PEOPLE) / 100;
/** As many as 64 counters are for: fewer seats have fewer, each of which takes 66 people a second, also of those who are to wait. */
const FEW = (15 * PEOPLE) / 100;

/** Each by a seed of its own: by which people come, instances draw their counters, and rivals wait. */
const OPENINGS = [
  { what: 'one quota, seats for half', quotas: one(HALF), seed: 20_271_102 },
  { what: 'one quota, seats for nearly all', quotas: one(NEARLY_ALL), seed: 20_271_103 },
  { what: 'three quotas, seats for nearly all', quotas: three(NEARLY_ALL), seed: 20_271_104 },
  { what: 'three quotas, seats for few', quotas: three(FEW), seed: 20_271_105 },
];

/**
 * A thousand registrations a second of one event, on a database that holds each item of a transaction as long as DynamoDB does: by a
 * simulated clock, since no machine does that many. See `opening.ts` for what is real of it.
 */
export async function hotCounters(): Promise<Measure[]> {
  console.log(
    [
      'Simulated: the clock; HTTP and KMS; a database that holds each item of a transaction for',
      `${SERVICE_TIMES.transaction} ms, has a second one conflict after ${SERVICE_TIMES.conflict} ms, and takes ${SERVICE_TIMES.single} ms for anything else; instances that serve one`,
      `at a time, compute ${INSTANCE_TIMES.least} to ${INSTANCE_TIMES.most} ms for each (12 to 41 ms at 512 MB) and start in ${INSTANCE_TIMES.start} ms.`,
      'Real: the use case from the parsed form on, its stores, expressions, decisions and retries.',
    ].join('\n'),
  );
  const coming = { people: PEOPLE, perSecond: COMING };
  const measures: Measure[] = [];
  for (const { what, ...opening } of OPENINGS) measures.push(...(await measure(what, { ...coming, ...opening })));
  const few = { ...coming, people: 550, quotas: three(HALF), seed: 20_271_102, counters: 1 };
  return [...measures, ...(await control('three quotas of one counter', few))];
}

async function measure(what: string, opening: Opening): Promise<Measure[]> {
  const outcome = await open(opening);
  const { books, statuses, durations } = outcome;
  const { people } = opening;
  const seats = Math.min(...opening.quotas.map(({ capacity }) => capacity));
  const of = (rest: string) => `${what}: ${rest}`;
  const ofHundred = (count = 0) => (100 * count) / people;
  return [
    {
      what: of(`registered, ${COMING} a second coming`),
      value: paceOf(outcome),
      unit: 'a second',
      budget: { atLeast: LEAST_PACE },
    },
    {
      what: of(`confirmed, of ${people} for ${seats} seats`),
      value: statuses['confirmed'] ?? 0,
      unit: 'people',
      budget: { exactly: seats },
    },
    { what: of('waitlisted'), value: statuses['waitlisted'] ?? 0, unit: 'people', budget: { exactly: people - seats } },
    { what: of('oversold'), value: books.oversold, unit: 'people', budget: { exactly: 0 } },
    { what: of('overtaken'), value: books.overtaken, unit: 'people', budget: { exactly: 0 } },
    { what: of('told full while a seat was open'), value: books.wronglyFull, unit: 'people', budget: { exactly: 0 } },
    { what: of('never answered'), value: outcome.inVain, unit: 'people', budget: { exactly: 0 } },
    { what: of('told to try again'), value: ofHundred(outcome.again), unit: '% of all', budget: { atMost: 1 } },
    { what: of('answered within, half of them'), value: percentile(durations, 50), unit: 'ms' },
    {
      what: of('answered within, 95 of 100'),
      value: percentile(durations, 95),
      unit: 'ms',
      budget: { atMost: MOST_WAITED },
    },
    { what: of('answered within, all of them'), value: Math.max(...durations), unit: 'ms' },
    { what: of('instances'), value: outcome.instances, unit: '' },
    { what: of('transactions that met another'), value: ofHundred(outcome.conflicts), unit: 'for 100 people' },
    { what: of('TransactWriteItems'), value: ofHundred(outcome.calls['TransactWrite']), unit: 'for 100 people' },
    { what: of('BatchGetItem'), value: ofHundred(outcome.calls['BatchGet']), unit: 'for 100 people' },
  ];
}

/** How many were answered in a second: all who came, from the first who did to the last who had an answer. */
const paceOf = ({ answers, firstCame }: Outcome): number => answers.length / (Math.max(...answers) - firstCame);

/** How it was: shown to judge the others by. */
async function control(what: string, opening: Opening): Promise<Measure[]> {
  const outcome = await open(opening);
  return [
    { what: `${what}: registered`, value: paceOf(outcome), unit: 'a second' },
    { what: `${what}: told to try again`, value: (100 * outcome.again) / opening.people, unit: '% of all' },
  ];
}

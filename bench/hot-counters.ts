import type { Quota } from '../shared/domain/event.ts';
import { SERVICE_TIMES } from './hot-counters/database.ts';
import { INSTANCE_TIMES, type Opening, open } from './hot-counters/opening.ts';
import type { Measure } from './measure.ts';
import { percentile } from './statistics.ts';

/** A tenth more than is to be taken. */
const COMING = 1100;
/** Registrations a second. */
const LEAST_PACE = 1000;
const PEOPLE = 5500;
/** Milliseconds. */
const MOST_WAITED = 2000;
const SEED = 20_271_102;

const quota = (id: string, capacity: number): Quota => ({ id, title: { en: id, km: id }, capacity, shards: 1 });

/** Half of those who come have a seat. */
const ONE = [quota('room', PEOPLE / 2)];
const THREE = [quota('everyone', 2 * PEOPLE), quota('building', PEOPLE), quota('room', PEOPLE / 2)];

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
  const coming = { seed: SEED, people: PEOPLE, perSecond: COMING };
  return [
    ...(await measure('one quota', { ...coming, quotas: ONE })),
    ...(await measure('three quotas', { ...coming, quotas: THREE })),
    ...(await control('three quotas of one counter', { ...coming, people: 550, quotas: THREE, counters: 1 })),
  ];
}

async function measure(what: string, opening: Opening): Promise<Measure[]> {
  const { books, statuses, durations, answers, ...outcome } = await open(opening);
  const { people } = opening;
  const seats = Math.min(...opening.quotas.map(({ capacity }) => capacity));
  const of = (rest: string) => `${what}: ${rest}`;
  const ofHundred = (count = 0) => (100 * count) / people;
  return [
    {
      what: of(`registered, ${COMING} a second coming`),
      value: paceOf(answers),
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

/** Of all who come, 95 of 100: the rest had bad luck, for which there is a number of its own. */
const LUCKY = 0.95;

/** How many were answered in a second, from the first who came. */
function paceOf(answers: readonly number[]): number {
  const lucky = [...answers].sort((a, b) => a - b).slice(0, Math.ceil(LUCKY * answers.length));
  return lucky.length / (lucky.at(-1) ?? Number.POSITIVE_INFINITY);
}

/** How it was: shown to judge the others by. */
async function control(what: string, opening: Opening): Promise<Measure[]> {
  const { answers, again } = await open(opening);
  return [
    { what: `${what}: registered`, value: paceOf(answers), unit: 'a second' },
    { what: `${what}: told to try again`, value: (100 * again) / opening.people, unit: '% of all' },
  ];
}

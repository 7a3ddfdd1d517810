import { callHandler, postJson } from '../test/support/call.ts';
import { forum } from '../test/support/forum.ts';
import { type Parts, startParts } from '../test/support/parts.ts';
import { type Asked, asked } from './cost/asked.ts';
import { ATTENDEES } from './cost/attendees.ts';
import { type Handler, newInstance } from './cost/instance.ts';
import { meterDatabase } from './cost/metered-database.ts';
import type { Measure } from './measure.ts';

/** What one uncontended registration asked of the database. */
export interface Cost extends Asked {
  readonly language: string;
  readonly quotas: number;
  /** The first of an instance does not know yet which counters the event has. */
  readonly instance: 'cold' | 'warm';
}

/**
 * Write units: registration, lock and message of at most 2, 1 and 1 KB, the place in the list of unproven seats, and whose the ticket is, in a
 * transaction, which costs double; one for each of two indexes.
 */
const FIXED_UNITS = 14;
/** Write units: a counter of less than 1 KB, in a transaction. */
const UNITS_PER_QUOTA = 2;
const QUOTAS = [1, 3, 10] as const;
const INSTANCES = ['cold', 'warm'] as const;
/** Strongly consistent: one for each 4 KB of an item, or of what is not there. A new instance reads the whole event. */
const READ_UNITS = { cold: 16, warm: 4 } as const;

export const writeUnitBudget = (quotas: number): number => FIXED_UNITS + UNITS_PER_QUOTA * quotas;

/** The dearest registration of each sort. */
export async function registrationCost(): Promise<Measure[]> {
  const costs = await measureCosts();
  const most = (of: (cost: Cost) => number, among = costs) => Math.max(...among.map(of));
  const units = QUOTAS.flatMap((quotas) =>
    Object.keys(ATTENDEES).map((language) => ({
      what: `registering in ${language}, ${quotas} ${quotas === 1 ? 'quota' : 'quotas'}`,
      value: most(
        (cost) => cost.writeUnits,
        costs.filter((cost) => cost.quotas === quotas && cost.language === language),
      ),
      unit: 'write units',
      budget: { atMost: writeUnitBudget(quotas) },
    })),
  );
  return [
    { what: 'registering', value: most((cost) => cost.reads), unit: 'BatchGetItem', budget: { atMost: 1 } },
    {
      what: 'registering',
      value: most((cost) => cost.transactions),
      unit: 'TransactWriteItems',
      budget: { atMost: 1 },
    },
    { what: 'registering', value: most((cost) => cost.others), unit: 'other calls', budget: { atMost: 0 } },
    ...INSTANCES.map((instance) => ({
      what: `registering, 1 quota, ${instance} instance`,
      value: most(
        (cost) => cost.readUnits,
        costs.filter((cost) => cost.quotas === 1 && cost.instance === instance),
      ),
      unit: 'read units',
      budget: { atMost: READ_UNITS[instance] },
    })),
    ...units,
  ];
}

/** Registers through the built bundle, in this process, with a meter on the wire to the database. */
export async function measureCosts(): Promise<Cost[]> {
  const parts = await startParts();
  const meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  const costs: Cost[] = [];
  try {
    for (const quotas of QUOTAS) {
      const eventId = await publishWithQuotas(parts, quotas);
      for (const [language, attendee] of Object.entries(ATTENDEES)) {
        const handler = await newInstance('registration', `${eventId}-${language}`);
        for (const instance of INSTANCES) {
          await register(handler, eventId, { ...attendee, email: `${instance}-${eventId}-${language}@example.org` });
          costs.push({ language, quotas, instance, ...asked(meter.take()) });
        }
      }
    }
    return costs;
  } finally {
    await meter.stop();
    await parts.stop();
  }
}

export async function register(handler: Handler, eventId: string, submission: object): Promise<void> {
  const answer = await callHandler(handler, 'submitRegistration', { params: { eventId }, ...postJson(submission) });
  if (answer.statusCode !== 202) throw new Error(`not registered: ${answer.statusCode} ${answer.body}`);
}

/** An event in which everyone takes a seat in each of so many quotas. */
async function publishWithQuotas(parts: Parts, count: number): Promise<string> {
  const [sample] = forum().quotas;
  if (sample === undefined) throw new Error('the forum has no quota');
  const { when: _, ...everyone } = sample;
  const quotas = Array.from({ length: count }, (_, index) => ({ ...everyone, id: `participants-${index + 1}` }));
  const id = `quotas-${count}`;
  await parts.publish(forum({ id, quotas }));
  return id;
}

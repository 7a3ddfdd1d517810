import { manageToken } from '../shared/registration/link/manage-link.store.ts';
import { callHandler, postJson } from '../test/support/call.ts';
import { forum } from '../test/support/forum.ts';
import { type Parts, startParts } from '../test/support/parts.ts';
import { readRegistry } from '../test/support/registry.ts';
import { type Asked, asked } from './cost/asked.ts';
import { ATTENDEES } from './cost/attendees.ts';
import { type Handler, newInstance } from './cost/instance.ts';
import { meterDatabase } from './cost/metered-database.ts';
import type { Measure } from './measure.ts';
import { register } from './registration-cost.ts';

/** What one uncontended change from the room to online asked of the database. */
export interface AmendmentCost extends Asked {
  readonly language: string;
  /** Of which one half is given back, and the other taken. */
  readonly quotas: number;
  readonly instance: 'cold' | 'warm';
}

/**
 * Write units: a registration of at most 2 KB, a message, a job that looks who may have the freed seats, and the end of the place in the list of
 * unproven seats; two for each of two indexes, in which a holder of a ticket moves with each change.
 */
const FIXED_UNITS = 14;
/** Write units: a counter of less than 1 KB, in a transaction. */
const UNITS_PER_QUOTA = 2;
const QUOTAS = [2, 10] as const;
const INSTANCES = ['cold', 'warm'] as const;

export const amendmentBudget = (quotas: number): number => FIXED_UNITS + UNITS_PER_QUOTA * quotas;

/** The dearest amendment of each sort. */
export async function amendmentCost(): Promise<Measure[]> {
  const costs = await measureAmendments();
  const most = (of: (cost: AmendmentCost) => number, among = costs) => Math.max(...among.map(of));
  return [
    { what: 'amending', value: most((cost) => cost.reads), unit: 'BatchGetItem', budget: { atMost: 1 } },
    { what: 'amending', value: most((cost) => cost.transactions), unit: 'TransactWriteItems', budget: { atMost: 1 } },
    { what: 'amending', value: most((cost) => cost.others), unit: 'other calls', budget: { atMost: 0 } },
    ...QUOTAS.map((quotas) => ({
      what: `amending, ${quotas} quotas`,
      value: most(
        (cost) => cost.writeUnits,
        costs.filter((cost) => cost.quotas === quotas),
      ),
      unit: 'write units',
      budget: { atMost: amendmentBudget(quotas) },
    })),
  ];
}

/** Amends through the built bundle, in this process, with a meter on the wire to the database. */
export async function measureAmendments(): Promise<AmendmentCost[]> {
  const parts = await startParts();
  const meter = await meterDatabase(parts.database.endpoint);
  process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
  const { realDeps } = await import('../functions/attendee/index.ts');
  const { secrets } = realDeps();
  const costs: AmendmentCost[] = [];
  try {
    const registration = await newInstance('registration', 'to-amend');
    for (const quotas of QUOTAS) {
      const eventId = await publishWithQuotas(parts, quotas);
      for (const [language, attendee] of Object.entries(ATTENDEES)) {
        const attendeeFunction = await newInstance('attendee', `${eventId}-${language}`);
        for (const instance of INSTANCES) {
          const email = `${instance}-${language}@example.org`.toLowerCase();
          await register(registration, eventId, { ...attendee, email });
          const { registrations } = await readRegistry(parts, eventId);
          const registered = registrations.find((each) => each.email === email);
          if (registered === undefined) throw new Error(`${email} is not registered`);
          const token = await manageToken(registered, secrets);
          meter.take();
          await amend(attendeeFunction, token);
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

async function amend(handler: Handler, token: string): Promise<void> {
  const sent = postJson({ mode: 'online' }, { authorization: `Bearer ${token}` });
  const answer = await callHandler(handler, 'amendRegistration', sent);
  if (answer.statusCode !== 200) throw new Error(`not amended: ${answer.statusCode} ${answer.body}`);
}

/** An event in which half the quotas are for the room and half for online. */
async function publishWithQuotas(parts: Parts, count: number): Promise<string> {
  const [sample] = forum().quotas;
  if (sample === undefined) throw new Error('the forum has no quota');
  const quotas = Array.from({ length: count }, (_, index) => ({
    ...sample,
    id: `participants-${index + 1}`,
    when: { mode: [index % 2 === 0 ? 'in-person' : 'online'] },
  }));
  const categories = forum().categories.map(({ approval: _, ...category }) => category);
  const id = `moves-${count}`;
  await parts.publish(forum({ id, quotas, categories }));
  return id;
}

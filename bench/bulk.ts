import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { splitTexts } from '../shared/event/event-texts.ts';
import { doJob } from '../shared/jobs.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { checkSubmission } from '../shared/registration/apply/submission.ts';
import { timeToTakeBack } from '../shared/registration/bulk/bulk.ts';
import { toRegistrationItem } from '../shared/registration/registration.store.ts';
import { newRegistration } from '../shared/registration/registration-state.store.ts';
import { fallible, tooFast, WHERE } from '../test/support/fallible.ts';
import { forum, submission } from '../test/support/forum.ts';
import { type Parts, startParts } from '../test/support/parts.ts';
import { readRegistry, scan, takenIn } from '../test/support/registry.ts';
import { ask, grantTeam } from '../test/support/team.ts';
import type { Measure } from './measure.ts';
import { FAR_AWAY, putAll } from './people.ts';

const EVENT = 'bulk';
const PEOPLE = 500;
const SEATS = 300;
/** Calls after which an instance of housekeeping falls, each time one of these. */
const LIVES = [211, 97, 402, 58, 333];

/** Five hundred people are approved at once, by instances that fall again and again: nobody is lost or doubled, nor a seat given twice. */
export async function bulk(): Promise<Measure[]> {
  const parts = await startParts();
  try {
    const event = forum({ id: EVENT, questions: [], quotas: [{ ...ROOM, id: 'all', capacity: SEATS }] });
    await parts.publish(event);
    await grantTeam(parts, EVENT);
    const { rules } = splitTexts(event);
    const people = Array.from({ length: PEOPLE }, (_, each) => {
      const checked = checkSubmission(rules, submission({ email: `person-${each}@example.org`, category: 'media' }));
      if ('issues' in checked) throw new Error('the forum refuses the sample submission');
      return newRegistration(realSystem, rules, checked.application, { status: 'pending-approval', seats: [] });
    });
    const { client, tables } = parts.database;
    await putAll(
      client,
      tables.registry,
      people.map((each) => toRegistrationItem(each, FAR_AWAY)),
    );
    const chosen = people.map(({ reference, revision }) => ({ reference, revision }));
    const body = { kind: 'approve', id: 'B'.repeat(22), people: chosen };
    await ask('organiser', 'startBulk', { params: { eventId: EVENT }, body });
    const begun = performance.now();
    const falls = await workOn(parts, 0);
    const took = performance.now() - begun;
    const leaves = await workOn(parts, 2 * timeToTakeBack({}));
    const kept = await readRegistry(parts, EVENT);
    const { registrations } = kept;
    const count = (status: string): number => registrations.filter((each) => each.status === status).length;
    const mails = await scan(parts, 'outbox', { having: { eventId: EVENT } });
    const told = mails.filter(({ kind }) => kind === 'confirmed' || kind === 'waitlisted');
    return [
      { what: 'confirmed', value: count('confirmed'), unit: 'people', budget: { exactly: SEATS } },
      { what: 'waiting', value: count('waitlisted'), unit: 'people', budget: { exactly: PEOPLE - SEATS } },
      { what: 'seats taken, as counted', value: takenIn(kept, 'all'), unit: 'seats', budget: { exactly: SEATS } },
      { what: 'mails', value: told.length, unit: 'mails', budget: { exactly: PEOPLE } },
      {
        what: 'people who got one',
        value: new Set(told.map(({ reference }) => reference)).size,
        unit: 'people',
        budget: { exactly: PEOPLE },
      },
      { what: 'instances that fell', value: falls + leaves, unit: 'instances', budget: { atLeast: 5 } },
      { what: 'a person, one after the other', value: took / PEOPLE, unit: 'ms' },
    ];
  } finally {
    await parts.stop();
  }
}

const ROOM = { title: { en: 'All', km: 'ទាំងអស់' }, shards: 1 };

/** Instance after instance does what it is told until nothing is left. @param later milliseconds @returns how many of them fell */
async function workOn(parts: Parts, later: number): Promise<number> {
  const { realDeps } = await import('../functions/housekeeping/index.ts');
  const system = { ...realSystem, now: () => new Date(Date.now() + later) };
  for (let falls = 0; ; falls += 1) {
    const life = LIVES[falls];
    const { meet, isDead } = fallible(life === undefined ? {} : { [life]: 'crash after' });
    const dynamodb = new DynamoDBClient({ maxAttempts: 1 });
    dynamodb.middlewareStack.addRelativeTo(meet(tooFast) as never, WHERE);
    const deps = { ...realDeps(documentClient(dynamodb)), system };
    try {
      for (;;) {
        const jobs = (await scan(parts, 'outbox')).filter(({ job }) => job === 'do-bulk');
        const due = jobs.filter(
          ({ notBefore }) => notBefore === undefined || new Date(String(notBefore)) < system.now(),
        );
        if (due.length === 0) return falls;
        for (const { id } of due) await doJob(deps, String(id));
      }
    } catch (error) {
      if (!isDead()) throw error;
    }
  }
}

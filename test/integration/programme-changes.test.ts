import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { EventDefinition, Session } from '../../shared/event/event.ts';
import { interceptedClient } from '../support/faults.ts';
import { forum } from '../support/forum.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { openEvent } from '../support/self-service.ts';
import { shiftClock } from '../support/shifted-clock.ts';
import { recordsOf } from '../support/stream.ts';
import { DO_DUE_JOBS } from '../support/timers.ts';

const MINUTE = 60 * 1000;

let parts: Parts;
let realHousekeeping: typeof import('../../functions/housekeeping/index.ts').realDeps;
let doJob: typeof import('../../shared/jobs.ts').doJob;
let tellChanges: typeof import('../../shared/announcements/tell-changes.case.ts').tellChanges;
let sweep: () => Promise<void>;

beforeAll(async () => {
  parts = await startParts();
  realHousekeeping = (await import('../../functions/housekeeping/index.ts')).realDeps;
  ({ doJob } = await import('../../shared/jobs.ts'));
  ({ tellChanges } = await import('../../shared/announcements/tell-changes.case.ts'));
  const outbox = (await import('../../functions/outbox/index.ts')).realDeps();
  const { sweep: sweepWith } = await import('../../shared/mail/outbox/sweep.case.ts');
  let days = 0;
  sweep = async () => {
    days += 2;
    const at = new Date(Date.now() + days * 24 * 60 * MINUTE * 60);
    await sweepWith({ ...outbox, system: { ...outbox.system, now: () => at } });
  };
});
afterAll(() => parts?.stop());

const WORKSHOP: Session = {
  id: 'workshop',
  title: { en: 'Workshop', km: 'សិក្ខាសាលា' },
  day: 'day-1',
  start: '10:00',
  end: '11:00',
  room: { en: 'Room A', km: 'បន្ទប់ ក' },
  signUp: true,
};
const BRIEFING: Session = {
  ...WORKSHOP,
  id: 'briefing',
  title: { en: 'Closed briefing', km: 'ការណែនាំបិទ' },
  audience: ['media'],
};

/** An event with one session to sign up for and a closed one, in which an hour passes at a word. */
async function programme(id: string) {
  const definition = (changes: Partial<EventDefinition> = {}) =>
    forum({
      id,
      questions: [],
      quotas: [],
      categories: forum().categories.map(({ approval: _, ...category }) => category),
      sessions: [WORKSHOP, BRIEFING],
      ...changes,
    });
  const event = await openEvent(parts, id, { quotas: [], sessions: [WORKSHOP, BRIEFING] });
  await event.register(`signed-up@${id}.example.org`, { sessions: ['workshop'] });
  await event.register(`khmer@${id}.example.org`, { sessions: ['workshop'], language: 'km' });
  await event.register(`others@${id}.example.org`);
  const deps = (minutes: number, client?: Parameters<typeof realHousekeeping>[0]) => {
    const real = realHousekeeping(client);
    const system = { ...real.system, now: () => new Date(Date.now() + minutes * MINUTE) };
    return { ...real, system, publishing: { ...real.publishing, system } };
  };
  const jobs = async (job: string) =>
    (await scan(parts, 'outbox')).filter((item) => item['eventId'] === id && item['job'] === job);
  const announced = async () =>
    (await scan(parts, 'registry'))
      .filter(({ pk }) => pk === `ANNOUNCEMENT#${id}`)
      .sort((a, b) => String(a['createdAt']).localeCompare(String(b['createdAt'])));
  const recipients = async () =>
    (await scan(parts, 'outbox'))
      .filter((item) => item['eventId'] === id && item['kind'] === 'programme-changed')
      .map(({ to }) => String(to).split('@')[0])
      .sort();
  return {
    ...event,
    deps,
    jobs,
    announced,
    recipients,
    publish: (session: Partial<Session>, more: Partial<EventDefinition> = {}) =>
      parts.publish(definition({ sessions: [{ ...WORKSHOP, ...session }, BRIEFING], ...more })),
    define: (changes: Partial<EventDefinition>) => parts.publish(definition(changes)),
    /** Does what is due after so many minutes. */
    async pass(minutes: number) {
      for (const job of ['tell-changes', 'announce']) {
        for (const { id: jobId } of await jobs(job)) await doJob(deps(minutes), String(jobId));
      }
    },
    mailsTo: async (name: string): Promise<{ subject: string; text: string }[]> =>
      (await fetch(`${parts.mailbox.url}/messages?to=${encodeURIComponent(`${name}@${id}.example.org`)}`)).json(),
  };
}

describe('changes of the programme', () => {
  it('are told to those whom they concern, before and after, once for several of them', async () => {
    const event = await programme('told-changes');
    await event.publish({ start: '10:30' });
    await event.publish({ start: '10:30', end: '11:30' });
    await event.publish({ start: '10:30', end: '11:30', room: { en: 'Room B', km: 'បន្ទប់ ខ' } });
    await event.pass(5);
    expect(await event.announced()).toEqual([]);
    await event.pass(11);
    await event.pass(12);
    expect(await event.announced()).toMatchObject([{ kind: 'programme-changed', written: 2 }]);
    expect(await event.recipients()).toEqual(['khmer', 'signed-up']);
    await sweep();
    const [mail] = await event.mailsTo('signed-up');
    expect(mail?.subject).toMatch(/^Changes in the programme: /);
    expect(mail?.text.replace(/\s+/g, ' ')).toMatch(
      /Workshop: Before: [^.]*10:00 to 11:00, Room A Now: [^.]*10:30 to 11:30, Room B/,
    );
    expect((await event.mailsTo('khmer'))[0]?.text).toContain('បន្ទប់ ខ');
    expect(await event.mailsTo('others')).toEqual([]);
  });

  it('that are changed back in time are told to nobody', async () => {
    const event = await programme('changed-back');
    await event.publish({ start: '10:30' });
    await event.publish({});
    await event.pass(90);
    expect(await event.announced()).toEqual([]);
    expect(await event.jobs('tell-changes')).toEqual([]);
  });

  it('that are changed back at the moment at which they would be told are told to nobody', async () => {
    const event = await programme('changed-back-late');
    await event.publish({ start: '10:30' });
    const [job] = await event.jobs('tell-changes');
    let isBack = false;
    const client = interceptedClient(async (command) => {
      if (command !== 'TransactWriteItemsCommand' || isBack) return undefined;
      isBack = true;
      await event.publish({});
      return undefined;
    });
    await doJob(event.deps(11, client), String(job?.['id']));
    expect(isBack).toBe(true);
    await event.pass(90);
    expect(await event.announced()).toEqual([]);
  });

  it('are told once an hour at most, the next time as the difference to the last', async () => {
    const event = await programme('hourly');
    await event.publish({ start: '10:30' });
    await event.pass(11);
    await event.publish({ start: '10:45' });
    await event.pass(30);
    await event.publish({ start: '10:15' });
    await event.pass(60);
    expect(await event.announced()).toHaveLength(1);
    await event.pass(75);
    await event.pass(76);
    const [, second, ...more] = await event.announced();
    expect(more).toEqual([]);
    expect(second?.['changes']).toMatchObject([
      { what: 'session', before: { start: '10:30' }, after: { start: '10:15' } },
    ]);
  });

  it('name a closed session to nobody who was not admitted to it', async () => {
    const event = await programme('closed-changes');
    await event.define({ sessions: [WORKSHOP, { ...BRIEFING, start: '10:15' }] });
    await event.pass(11);
    expect(await event.announced()).toMatchObject([{ written: 0 }]);
    expect(await event.recipients()).toEqual([]);
  });

  it('that take a session or move the venue are told to those who come', async () => {
    const event = await programme('taken-out');
    const { venue } = forum();
    await event.define({ sessions: [BRIEFING], venue: { ...venue, name: { en: 'River Hall', km: 'សាលមាត់ទន្លេ' } } });
    await event.pass(11);
    expect(await event.recipients()).toEqual(['khmer', 'others', 'signed-up']);
    await sweep();
    expect((await event.mailsTo('signed-up'))[0]?.text).toContain('no longer part of your programme');
    const others = (await event.mailsTo('others'))[0]?.text ?? '';
    expect(others).toContain('River Hall');
    expect(others).not.toContain('Workshop');
  });

  it('are told once, wherever telling is interrupted and by however many', async () => {
    const event = await programme('interrupted-changes');
    await event.publish({ start: '10:30' });
    let crashes = 0;
    for (let calls = 0; ; calls += 1) {
      // A run that fails for any other reason would go on for ever.
      expect(calls).toBeLessThan(100);
      let left = calls;
      const client = interceptedClient(() => {
        left -= 1;
        return left < 0 ? Promise.reject(new Error('the instance fell')) : undefined;
      });
      const run = await tellChanges(event.deps(11, client), event.id).catch((error: Error) => error);
      if (!(run instanceof Error)) break;
      crashes += 1;
    }
    expect(crashes).toBeGreaterThan(2);
    await Promise.all([1, 2, 3].map(() => tellChanges(event.deps(12), event.id)));
    expect(await event.announced()).toHaveLength(1);
    await event.pass(13);
    expect(await event.recipients()).toEqual(['khmer', 'signed-up']);
  });

  it('reach people within twelve minutes, and what follows an hour after that', async () => {
    const { handler: housekeeping } = await import('../../functions/housekeeping/index.ts');
    const { handler: outbox } = await import('../../functions/outbox/index.ts');
    const event = await programme('in-time');
    await outbox({} as never);
    const arrivals: number[] = [];
    try {
      for (let minute = 0; minute <= 90; minute += 1) {
        if (minute === 0) await event.publish({ start: '10:30' });
        if (minute === 20) await event.publish({ start: '10:45' });
        // Both timers fire once in each minute, in the order that takes longest; jobs that wait for nothing come by the stream.
        await outbox({} as never);
        await housekeeping(DO_DUE_JOBS);
        await housekeeping(recordsOf(await event.jobs('announce')));
        const inbox = await event.mailsTo('signed-up');
        const told = inbox.filter(({ subject }) => subject.startsWith('Changes in the programme')).length;
        while (arrivals.length < told) arrivals.push(minute);
        shiftClock(MINUTE);
      }
    } finally {
      vi.unstubAllGlobals();
    }
    const [first = 0, second = 0, ...more] = arrivals;
    expect(more).toEqual([]);
    expect(first).toBeGreaterThanOrEqual(10);
    expect(first).toBeLessThanOrEqual(12);
    expect(second - first).toBeGreaterThanOrEqual(60);
    expect(second - first).toBeLessThanOrEqual(62);
  });

  it('wait while the event is called off, and are told when it takes place', async () => {
    const event = await programme('called-off-changes');
    await event.publish({ start: '10:30' }, { status: 'postponed' });
    await event.pass(120);
    expect((await event.announced()).map(({ kind }) => kind)).toEqual(['event-postponed']);
    await event.publish({ start: '10:30' }, { status: 'scheduled' });
    await event.pass(240);
    expect((await event.announced()).map(({ kind }) => kind).sort()).toEqual([
      'event-postponed',
      'event-rescheduled',
      'programme-changed',
    ]);
  });
});

import { splitTexts } from '../../shared/event/event-texts.ts';
import { jobStore } from '../../shared/event/job.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newJob } from '../../shared/mail/outbox/new-items.store.ts';
import type { Job } from '../../shared/mail/outbox/outbox-items.store.ts';
import { digestWriter } from '../../shared/registration/digest/digest.store.ts';
import { sendDigests } from '../../shared/registration/digest/send-digests.case.ts';
import { keepPeople, makePeople } from '../../shared/registration/people/keep-people.case.ts';
import { readPeople } from '../../shared/registration/people/people.case.ts';
import { type KnownPeople, peopleStore } from '../../shared/registration/people/people.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { putRegistration } from '../../shared/registration/registration.store.ts';
import { changed } from '../../shared/registration/registration-state.store.ts';
import { waitlistStore } from '../../shared/seats/waitlist.store.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { forum } from '../../test/support/forum.ts';
import { startParts } from '../../test/support/parts.ts';
import { meterDatabase } from '../cost/metered-database.ts';
import type { Measure } from '../measure.ts';
import { FAR_AWAY, namesOf, registerPeople } from '../people.ts';
import { AGREED, COLD, NOISE, OF_ONE, WARM, WRITTEN, WRITTEN_EACH } from './agreed.ts';
import { DAY, type GrownEvent, keepMail, keepScans } from './event.ts';
import { askForBadge, type Question, questionsOf } from './questions.ts';

const SIZES = (process.env['GROWTH_SIZES'] ?? '1000,5000,20000,100000').split(',').map(Number);
/** Write units of a new registration in the index of changes, and of whose its ticket is. */
const [FIRST_PLACE, HELD] = [1, 2];
/** Changes between two minutes, as they are at a busy hour. */
const A_MINUTE = 64;
const MINUTES = 45;

/** Megabytes for which Lambda gives a whole processor: with less memory, as much of one. */
const WHOLE_PROCESSOR = 1769;
/** Looks of the same instance of which the shortest counts: what else runs lengthens each. */
const LOOKS = 7;
/** New ones of which the quickest counts: what a process collects of those before is none of theirs. */
const INSTANCES = 3;
/** So many at most, of new ones and of looks, where those before took longer than agreed. */
const AT_MOST = 24;

/**
 * What reading and keeping the index of people takes as events grow, and what is read by it; `GROWTH_SIZES=100000` measures that size
 * alone.
 */
export async function growth(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const size of SIZES) measures.push(...(await measureAt(size)));
  return measures;
}

/** What something took: ms of CPU of this process, and read units. */
interface Taken {
  readonly cpu: number;
  readonly readUnits: number;
}

interface Asked {
  readonly question: Question;
  readonly cold: Taken;
  readonly warm: Taken;
}

async function measureAt(size: number): Promise<Measure[]> {
  const parts = await startParts();
  const meter = await meterDatabase(parts.database.endpoint);
  try {
    const { endpoint, tables } = parts.database;
    const id = `growth-${size}`;
    const where = { endpoints: { dynamodb: endpoint }, tables };
    const people = await registerPeople(where, id, size, (each) => namesOf(each));
    const { rules } = splitTexts(forum({ id }));
    process.env.AWS_ENDPOINT_URL_DYNAMODB = meter.endpoint;
    const client = documentClient();
    let later = 120_000;
    const system = { ...realSystem, now: () => new Date(Date.now() + later) };
    const given = { client, registry: tables.registry, outbox: tables.outbox, system };
    /** What runs leave to another one, as housekeeping has it from the stream. */
    const left: Job[] = [];
    const goOn = async (): Promise<void> => {
      for (let job = left.shift(); job !== undefined; job = left.shift()) {
        await (job.job === 'make-people' ? makePeople : keepPeople)(deps, job);
      }
    };
    const deps = {
      system,
      people: peopleStore(given),
      jobs: { ...jobStore(given), add: async (job: Job) => void left.push(job) },
      readRules: async () => rules,
    };
    left.push(newJob(system, 'make-people', id));
    await goOn();
    const event: GrownEvent = { parts, id, people, index: deps.people, client, system };
    const measured = async (work: () => Promise<unknown>): Promise<Taken> => {
      meter.take();
      const before = process.cpuUsage();
      await work();
      const { user, system: kernel } = process.cpuUsage(before);
      return { cpu: (user + kernel) / 1000, readUnits: unitsIn(meter.take(), 'readUnits') };
    };
    const look = (peopleMemory: Map<string, KnownPeople>) =>
      measured(async () => {
        const known = await readPeople({ ...deps, peopleMemory }, rules);
        if (known.people.size !== size) throw new Error(`${known.people.size} of ${size} people were read`);
      });
    const house = { ...deps, roles: roleStore(given), waitlist: waitlistStore(given) };
    /** On another morning each time, when it is due. */
    const digest = (day: number) => {
      const now = () => new Date(Math.ceil(Date.now() / DAY) * DAY + day * DAY + 3 * 3_600_000);
      const writer = { ...digestWriter(given), events: async () => [id] };
      return measured(() => sendDigests({ ...house, system: { ...realSystem, now }, digestWriter: writer }));
    };
    // The first of a process compiles what it runs.
    await look(new Map());
    const memory = new Map<string, KnownPeople>();
    const cold = quickest([await look(new Map()), await look(new Map()), await look(memory)]);
    later += 120_000;
    const warm = await look(memory);
    await digest(0);
    const told = quickest([await digest(1), await digest(2), await digest(3)]);
    await keepScans(event);
    await keepMail(event);
    const asked: Asked[] = [];
    for (const question of await questionsOf(event)) asked.push(await ask(question, size === AGREED, measured));
    const badge = askForBadge(event);
    await badge();
    const oneBadge = await measured(badge);
    const rewritten = await keepThrough();
    const after = await look(new Map());
    const isAgreed = size === AGREED;
    const of = `of ${size.toLocaleString('en')} people`;
    const shown = (what: string, value: number, unit: string, atMost: number): Measure => ({
      what: `${what}, ${of}`,
      value: value < 10 ? Math.round(10 * value) / 10 : Math.round(value),
      unit,
      ...(isAgreed && { budget: { atMost } }),
    });
    const answers = (name: string, { what, isHeld }: Question, { cpu, readUnits }: Taken, most: Taken): Measure[] => [
      shown(name, readUnits, 'read units', most.readUnits),
      {
        ...{ what: `${name}, ${of}`, value: Math.round(cpu), unit: 'ms of CPU' },
        // Who came is told in one answer: all names of an event.
        ...(isAgreed && what !== 'who came' && { budget: { atMost: most.cpu * (isHeld ? 1 : NOISE) } }),
      },
    ];
    return [
      ...asked.flatMap(({ question, cold: first, warm: next }) => [
        ...answers(`${question.what}, new instance`, question, first, COLD),
        ...answers(question.what, question, next, WARM),
      ]),
      {
        what: `a registration in the index: its place, its chunk, its ticket, ${of}`,
        value: Math.round(10 * (FIRST_PLACE + HELD + rewritten)) / 10,
        unit: 'write units',
        budget: { atMost: WRITTEN_EACH },
      },
      shown('one badge', oneBadge.readUnits, 'read units', OF_ONE),
      shown('reading all, new instance', cold.readUnits, 'read units', COLD.readUnits),
      shown('reading all, new instance', cold.cpu, 'ms of CPU', COLD.cpu),
      shown('reading what changed', warm.readUnits, 'read units', WARM.readUnits),
      shown('reading what changed', warm.cpu, 'ms of CPU', WARM.cpu),
      shown('the digest of a day', told.readUnits, 'read units', COLD.readUnits),
      shown('the digest of a day', told.cpu, 'ms of CPU', COLD.cpu),
      shown(`keeping, ${A_MINUTE * MINUTES} changes`, 100 * rewritten, 'write units for 100 changes', WRITTEN),
      shown('reading all after these', after.readUnits, 'read units', COLD.readUnits),
    ];

    /** Write units of the index, each change. */
    async function keepThrough(): Promise<number> {
      let units = 0;
      let nth = 0;
      const now = [...people];
      for (let minute = 0; minute < MINUTES; minute += 1) {
        later += 60_000;
        for (let each = 0; each < A_MINUTE; each += 1) {
          const place = (nth * 7) % now.length;
          const before = now[place] as Registration;
          const next = changed(before, { optedOut: before.optedOut ? undefined : true }, system.now());
          await transact(client, [putRegistration(tables.registry, before, next, FAR_AWAY, 'holder')], realSystem);
          now[place] = next;
          nth += 1;
        }
        meter.take();
        later += 1_000;
        left.push(newJob(system, 'index-people', id));
        await goOn();
        units += unitsIn(meter.take(), 'writeUnits');
      }
      return units / nth;
    }
  } finally {
    await meter.stop();
    await parts.stop();
  }
}

/**
 * What a new instance takes for it, and then the same one.
 *
 * @param isAgreed whether its processor time is, so that it is measured again where it took longer
 */
async function ask(
  question: Question,
  isAgreed: boolean,
  measured: (work: () => Promise<unknown>) => Promise<Taken>,
): Promise<Asked> {
  const share = Math.min(1, question.manifest.memory / WHOLE_PROCESSOR);
  const took = async (look: () => Promise<number>): Promise<Taken> => {
    let apart = 0;
    const { cpu, readUnits } = await measured(async () => {
      apart = await look();
    });
    return { cpu: cpu / share, readUnits: readUnits - apart };
  };
  const isRepeated = isAgreed && question.isHeld === true;
  const goesOn = (sofar: readonly Taken[], few: number, most: number): boolean =>
    sofar.length < few || (isRepeated && sofar.length < AT_MOST && quickest(sofar).cpu > most);
  await took(question.newInstance());
  let instance = question.newInstance();
  const firsts: Taken[] = [];
  while (goesOn(firsts, INSTANCES, COLD.cpu)) {
    instance = question.newInstance();
    firsts.push(await took(instance));
  }
  const next: Taken[] = [];
  while (goesOn(next, LOOKS, WARM.cpu)) next.push(await took(instance));
  const readUnits = Math.max(...next.map((each) => each.readUnits));
  return { question, cold: quickest(firsts), warm: { cpu: quickest(next).cpu, readUnits } };
}

const quickest = (all: readonly Taken[]): Taken => all.reduce((best, each) => (each.cpu < best.cpu ? each : best));

const unitsIn = (requests: readonly { readUnits: number; writeUnits: number }[], which: 'readUnits' | 'writeUnits') =>
  requests.reduce((sum, request) => sum + request[which], 0);

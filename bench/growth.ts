import { manifest as checkinManifest } from '../functions/checkin/function.ts';
import { realDeps as checkin } from '../functions/checkin/index.ts';
import { manifest as doorsManifest } from '../functions/doors/function.ts';
import { realDeps as doors } from '../functions/doors/index.ts';
import { manifest as resultsManifest } from '../functions/feedback-results/function.ts';
import { realDeps as results } from '../functions/feedback-results/index.ts';
import { realDeps as housekeeping } from '../functions/housekeeping/index.ts';
import { manifest as messagesManifest } from '../functions/messages/function.ts';
import { realDeps as messages } from '../functions/messages/index.ts';
import { announcedId, announcedMessage } from '../shared/announcements/announced-message.case.ts';
import type { Announcement } from '../shared/announcements/announcement.schema.ts';
import { announce } from '../shared/announcements/announcement.store.ts';
import { showMessage } from '../shared/announcements/write/messages.case.ts';
import { countingJob, countResults } from '../shared/announcements/write/results.case.ts';
import { previewMessage } from '../shared/announcements/write/send.case.ts';
import { loadAttendance } from '../shared/checkin/attendance/attendance.case.ts';
import { addToCount } from '../shared/checkin/attendance/attendance.store.ts';
import {
  addMark,
  type MarksByTicket,
  RECENT_MARKS,
  TICKET_PARTS,
  ticketPart,
} from '../shared/checkin/attendance/attendance-index.store.ts';
import { showArrivalBoard } from '../shared/checkin/attendance/board.case.ts';
import { listWhoCame } from '../shared/checkin/attendance/who-came.case.ts';
import { enrolDevice } from '../shared/checkin/device/enrol.case.ts';
import { listBadges } from '../shared/checkin/review/list-badges.case.ts';
import { searchPeople } from '../shared/checkin/search/search-people.case.ts';
import { splitTexts } from '../shared/event/event-texts.ts';
import { jobStore } from '../shared/event/job.store.ts';
import { EVENT_FORM } from '../shared/feedback/form/form.ts';
import { attendance, peopleIn } from '../shared/feedback/result/attended.case.ts';
import { documentClient } from '../shared/kernel/dynamo/client.store.ts';
import { transact, writeAll } from '../shared/kernel/dynamo/transact.store.ts';
import { requireRoom } from '../shared/kernel/http/reply.ts';
import { realSystem } from '../shared/kernel/system.store.ts';
import { newJob } from '../shared/mail/outbox/new-items.store.ts';
import { type Job, toOutboxItem } from '../shared/mail/outbox/outbox-items.store.ts';
import { digestWriter } from '../shared/registration/digest/digest.store.ts';
import { sendDigests } from '../shared/registration/digest/send-digests.case.ts';
import { keepPeople, makePeople } from '../shared/registration/people/keep-people.case.ts';
import { readPeople } from '../shared/registration/people/people.case.ts';
import { type KnownPeople, peopleStore } from '../shared/registration/people/people.store.ts';
import type { Registration } from '../shared/registration/registration.schema.ts';
import { putRegistration } from '../shared/registration/registration.store.ts';
import { changed } from '../shared/registration/registration-state.store.ts';
import { waitlistStore } from '../shared/seats/waitlist.store.ts';
import { roleStore } from '../shared/team/role/role.store.ts';
import { ticketHashOf } from '../shared/ticket/ticket-names.store.ts';
import { forum } from '../test/support/forum.ts';
import { startParts } from '../test/support/parts.ts';
import { offerCode, ownSecret, SEARCH_CODE, scanId } from '../test/support/phone.ts';
import { meterDatabase } from './cost/metered-database.ts';
import type { Measure } from './measure.ts';
import { FAR_AWAY, namesOf, putAll, registerPeople } from './people.ts';

const SIZES = (process.env['GROWTH_SIZES'] ?? '1000,5000,20000,100000').split(',').map(Number);
/** Of which the numbers are agreed. */
const AGREED = 20_000;
const COLD = { readUnits: 220, cpu: 300 } as const;
const WARM = { readUnits: 12, cpu: 30 } as const;
/** Write units of a hundred changes: four each, of which their places in the index of changes take two. */
const WRITTEN = 200;
/** Write units of a new registration in the index of changes, and of whose its ticket is. */
const [FIRST_PLACE, HELD] = [1, 2];
/** Changes between two minutes, as they are at a busy hour. */
const A_MINUTE = 64;
const MINUTES = 45;
const DAY = 86_400_000;

/** Read units of what concerns one person. */
const OF_ONE = 4;

/** Megabytes for which Lambda gives a whole processor: with less memory, as much of one. */
const WHOLE_PROCESSOR = 1769;
/** Looks of the same instance of which the shortest counts: what else runs lengthens each. */
const LOOKS = 7;
/** New ones of which the quickest counts: what a process collects of those before is none of theirs. */
const INSTANCES = 3;
/** So many at most, of new ones and of looks, where those before took longer than agreed. */
const AT_MOST = 24;
/** Questions of which the processor time is agreed. */
const HELD_QUESTIONS: readonly string[] = ['desk search', 'preview', 'page of results', 'page of a message'];
/** How much longer the others may take. */
const NOISE = 4;
/** Read units beside the indexes, one each: lists, phones that are silent, and what is said of who answers a form. */
const [LISTS, PHONES, LABELS] = [1, 1, 1];
/** What became of the mails of a message, of each as many. */
const BECAME = [
  { state: 'sent', fate: { what: 'delivered', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'sent', fate: { what: 'no-mailbox', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'failed', failure: 'superseded' },
  { state: 'sent' },
  { state: 'pending' },
] as const;
const MESSAGE = 'message';
/** Lists that all came to. */
const CAME_TO = ['event', 'day-day-1', 'day-day-2'] as const;

/**
 * What reading and keeping the index of people takes as events grow, and what is read by it; `GROWTH_SIZES=100000` measures that size
 * alone.
 */
export async function growth(): Promise<Measure[]> {
  const measures: Measure[] = [];
  for (const size of SIZES) measures.push(...(await measureAt(size)));
  return measures;
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
    const measured = async (work: () => Promise<unknown>) => {
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
    await keepScans(people);
    await keepMail(people);
    const asked = await askedOf();
    const rewritten = await keepThrough(people);
    const after = await look(new Map());
    const isAgreed = size === AGREED;
    const of = `of ${size.toLocaleString('en')} people`;
    const shown = (what: string, value: number, unit: string, atMost: number): Measure => ({
      what: `${what}, ${of}`,
      value: value < 10 ? Math.round(10 * value) / 10 : Math.round(value),
      unit,
      ...(isAgreed && { budget: { atMost } }),
    });
    const both = (what: string, { cpu, readUnits }: typeof cold, most: typeof COLD | typeof WARM): Measure[] => [
      shown(what, readUnits, 'read units', most.readUnits),
      {
        ...{ what: `${what}, ${of}`, value: Math.round(cpu), unit: 'ms of CPU' },
        // Who came is told in one answer: all names of an event.
        ...(isAgreed && !what.startsWith('who came') && { budget: { atMost: most.cpu * (isHeld(what) ? 1 : NOISE) } }),
      },
    ];
    return [
      ...asked.flatMap(({ what, cold: first, warm: next }) => [
        ...both(`${what}, new instance`, first, COLD),
        ...both(what, next, WARM),
      ]),
      {
        what: `a registration in the index: its place, its chunk, its ticket, ${of}`,
        value: Math.round(10 * (FIRST_PLACE + HELD + rewritten)) / 10,
        unit: 'write units',
        budget: { atMost: 4 },
      },
      shown('one badge', await oneBadge(), 'read units', OF_ONE),
      shown('reading all, new instance', cold.readUnits, 'read units', COLD.readUnits),
      shown('reading all, new instance', cold.cpu, 'ms of CPU', COLD.cpu),
      shown('reading what changed', warm.readUnits, 'read units', WARM.readUnits),
      shown('reading what changed', warm.cpu, 'ms of CPU', WARM.cpu),
      shown('the digest of a day', told.readUnits, 'read units', COLD.readUnits),
      shown('the digest of a day', told.cpu, 'ms of CPU', COLD.cpu),
      shown(`keeping, ${A_MINUTE * MINUTES} changes`, 100 * rewritten, 'write units for 100 changes', WRITTEN),
      shown('reading all after these', after.readUnits, 'read units', COLD.readUnits),
    ];

    /** What a new instance reads for it, and then the same one. */
    async function askedOf() {
      const { code } = await offerCode(parts, id, { maySearch: true });
      const enrolment = { code, secret: ownSecret(), searchCode: SEARCH_CODE };
      const { body: enrolled } = (await enrolDevice(checkin())({ body: enrolment } as never)) as Told;
      const headers = { authorization: `Bearer ${(enrolled as { token: string }).token}` };
      const person = people[size >> 1] as Registration;
      // Once it is open, no code is asked for, which takes the longest on purpose.
      let sent: Readonly<Record<string, string>> = { ...headers, 'search-unlock': `code ${SEARCH_CODE}` };
      const parting = <Parts extends object>(of: Parts) => ({
        ...{ ...of, system, people: deps.people, peopleMemory: new Map<string, KnownPeople>() },
      });
      const [atDoor, writing] = [() => parting(checkin()), () => parting(messages())];
      const scanning = <Parts extends object>(of: Parts) => ({
        ...{ ...parting(of), attendanceMemory: new Map(), notedNews: new Map() },
      });
      const isWhole = size <= AGREED;
      const query = isWhole ? {} : { part: person.reference.slice(0, 1) };
      const inList = { params: { eventId: id, listId: CAME_TO[1] }, query, language: 'en' } as never;
      const answered = async (answer: unknown) => {
        const { body } = (await answer) as Told;
        requireRoom(JSON.stringify(body));
        return body as Record<string, unknown>;
      };
      const wanted = { params: { eventId: id }, body: { segment: {} }, language: 'en' } as never;
      const questions = {
        'desk search': () => {
          const search = searchPeople(atDoor());
          return async () => {
            const answer = await search.admit({ ...headers, params: {} } as never);
            const { body } = (await answer({ query: { q: person.fullName }, headers: sent } as never)) as Told;
            sent = headers;
            if (!JSON.stringify(body).includes(person.reference)) throw new Error('the desk found another one');
            return 0;
          };
        },
        preview: () => {
          const preview = previewMessage(writing());
          return async () => {
            const { body } = (await preview(wanted, ORGANISER)) as Told;
            if ((body as { people: number }).people !== size) throw new Error('the preview counts others');
            return 0;
          };
        },
        'page of a message': () => {
          const look = showMessage(writing());
          const asked = { params: { eventId: id, messageId: MESSAGE }, query: {}, language: 'en' } as never;
          return async () => {
            const { counts } = await answered(look(asked, ORGANISER));
            if ((counts as { arrived: number }).arrived !== size / BECAME.length) throw new Error('others arrived');
            return 0;
          };
        },
        // An answer of Lambda holds the names of some 25,000: of more, a part is asked.
        'who came': () => {
          const look = listWhoCame(scanning(doors()));
          return async () => {
            const { people: came } = await answered(look(inList, ORGANISER));
            const told = came as readonly { reference: string }[];
            const isTold = isWhole ? told.length === size : told.some((each) => each.reference === person.reference);
            if (!isTold) throw new Error('others came');
            return LISTS;
          };
        },
        'attendance, a page': () => {
          const look = loadAttendance(scanning(doors()));
          const first = { params: { eventId: id }, query: {}, language: 'en' } as never;
          return async () => {
            if ((await answered(look(first, ORGANISER)))['total'] !== size) throw new Error('attendance of others');
            return LISTS;
          };
        },
        'arrival board': () => {
          const look = showArrivalBoard(scanning(doors()));
          const asked = { params: { eventId: id }, query: { list: CAME_TO[1] }, language: 'en' } as never;
          return async () => {
            if (!JSON.stringify(await answered(look(asked, ORGANISER))).includes(`${size}`))
              throw new Error('a board of others');
            return LISTS + PHONES;
          };
        },
        'page of results': () => {
          const parts = scanning(results());
          return async () => {
            const { attendedBy } = await attendance(parts, rules);
            if (peopleIn(await attendedBy({ id: EVENT_FORM })) !== size) throw new Error('others took part');
            return LISTS + LABELS;
          };
        },
        'badges, but a unit for each': () => {
          const badges = listBadges(parting(doors()));
          return async () => {
            const asked = { params: { eventId: id }, query: {}, language: 'en' } as never;
            const { badges: all } = await answered(badges(asked, ORGANISER));
            return (all as readonly object[]).length;
          };
        },
      };
      const found = [];
      for (const [what, make] of Object.entries(questions)) {
        const share = Math.min(1, ANSWERED_BY[what as keyof typeof questions].memory / WHOLE_PROCESSOR);
        const measured = async (look: () => Promise<number>) => {
          meter.take();
          const before = process.cpuUsage();
          const apart = await look();
          const { user, system: kernel } = process.cpuUsage(before);
          return { cpu: (user + kernel) / 1000 / share, readUnits: unitsIn(meter.take(), 'readUnits') - apart };
        };
        await measured(make());
        let one = make();
        const firsts = [];
        const goesOn = (sofar: readonly { readonly cpu: number }[], few: number, most: number): boolean =>
          sofar.length < few || (isHeld(what) && sofar.length < AT_MOST && quickest(sofar).cpu > most);
        while (goesOn(firsts, INSTANCES, COLD.cpu)) {
          one = make();
          firsts.push(await measured(one));
        }
        const first = quickest(firsts);
        const next: (typeof first)[] = [];
        while (goesOn(next, LOOKS, WARM.cpu)) next.push(await measured(one));
        const cpu = Math.min(...next.map((each) => each.cpu));
        const readUnits = Math.max(...next.map((each) => each.readUnits));
        found.push({ what, cold: first, warm: { cpu, readUnits } });
      }
      return found;
    }

    /** All came to some lists, one after another, and the index of attendance has it. */
    async function keepScans(all: readonly Registration[]): Promise<void> {
      const { attendanceIndex } = doors();
      const chunks = new Map<string, MarksByTicket>(TICKET_PARTS.map((place) => [place, new Map()]));
      const began = Date.now() - DAY;
      for (const [nth, list] of CAME_TO.entries())
        for (const [each, person] of all.entries()) {
          const ticket = ticketHashOf(person);
          const correctedAt = began + nth * 3_600_000 + each * 40;
          const mark = { scanId: scanId(), device: `PHONE-${each % 10}`, kind: 'in' as const, correctedAt };
          addMark(chunks.get(ticketPart(ticket)) ?? new Map(), { list, ticket, mark });
        }
      const upTo = system.now().toISOString();
      const none = { version: 0 };
      const recent = { marks: new Map(), upTo, since: upTo, others: CAME_TO.length * size, writtenAt: upTo };
      for (const [place, marks] of chunks)
        await attendanceIndex.write(id, place, none, { marks, upTo, writtenAt: upTo }, FAR_AWAY);
      const came = { came: size, inside: size };
      const counted = CAME_TO.map((list) => ({
        list,
        device: 'PHONE-1',
        lane: 0,
        category: 'academia',
        mode: 'in-person',
      }));
      const counts = counted.map((each) => addToCount(tables.registry, id, each, came, FAR_AWAY));
      await writeAll(client, counts, realSystem);
      await attendanceIndex.write(id, RECENT_MARKS, none, recent, FAR_AWAY);
    }

    /** A message went to all. */
    async function keepMail(all: readonly Registration[]): Promise<void> {
      const { secrets, announcing } = housekeeping();
      const now = system.now();
      const createdAt = now.toISOString();
      const of: Announcement = { eventId: id, id: MESSAGE, kind: 'organiser-message', segment: {}, createdAt };
      await writeAll(client, announce(system, tables, of, FAR_AWAY), realSystem);
      const mails = await Promise.all(
        all.map(async (each, nth) => {
          const message = announcedMessage(await announcedId(secrets, of, each), of, each, now);
          return { ...toOutboxItem(message), ...BECAME[nth % BECAME.length], expiresAt: FAR_AWAY };
        }),
      );
      await putAll(parts.database.client, tables.outbox, mails);
      await announcing.note(of, undefined, { more: size, doneAt: createdAt });
      await countResults({ ...housekeeping(), system }, countingJob({ system }, of));
    }

    async function oneBadge(): Promise<number> {
      const badges = listBadges(doors());
      const asked = { params: { eventId: id }, query: { reference: people[1]?.reference }, language: 'en' } as never;
      await badges(asked, ORGANISER);
      meter.take();
      await badges(asked, ORGANISER);
      return unitsIn(meter.take(), 'readUnits');
    }

    async function keepThrough(all: readonly Registration[]): Promise<number> {
      let units = 0;
      let nth = 0;
      const now = [...all];
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

/** The functions that answer, whose memory says how much of a processor they have. */
const ANSWERED_BY = {
  'desk search': checkinManifest,
  preview: messagesManifest,
  'page of a message': messagesManifest,
  'who came': doorsManifest,
  'attendance, a page': doorsManifest,
  'arrival board': doorsManifest,
  'page of results': resultsManifest,
  'badges, but a unit for each': doorsManifest,
} as const;

const isHeld = (what: string): boolean => HELD_QUESTIONS.some((each) => what.startsWith(each));

const quickest = <Measured extends { readonly cpu: number }>(all: readonly Measured[]): Measured =>
  all.reduce((best, each) => (each.cpu < best.cpu ? each : best));

type Told = { readonly body: unknown };

const ORGANISER = { id: 'member', grants: [{ role: 'organiser' }] } as never;

const unitsIn = (requests: readonly { readUnits: number; writeUnits: number }[], which: 'readUnits' | 'writeUnits') =>
  requests.reduce((sum, request) => sum + request[which], 0);

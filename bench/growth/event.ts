import { realDeps as doors } from '../../functions/doors/index.ts';
import { realDeps as housekeeping } from '../../functions/housekeeping/index.ts';
import { announcedId, announcedMessage } from '../../shared/announcements/announced-message.case.ts';
import type { Announcement } from '../../shared/announcements/announcement.schema.ts';
import { announce } from '../../shared/announcements/announcement.store.ts';
import { countingJob, countResults } from '../../shared/announcements/write/results.case.ts';
import { addToCount } from '../../shared/checkin/attendance/attendance.store.ts';
import {
  addMark,
  type MarksByTicket,
  RECENT_MARKS,
  TICKET_PARTS,
  ticketPart,
} from '../../shared/checkin/attendance/attendance-index.store.ts';
import type { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import type { PeopleStore } from '../../shared/registration/people/people.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import type { Parts } from '../../test/support/parts.ts';
import { scanId } from '../../test/support/phone.ts';
import { FAR_AWAY, putAll } from '../people.ts';

/** The forum with so many people, and what a run measures it with. */
export interface GrownEvent {
  readonly parts: Parts;
  readonly id: string;
  readonly people: readonly Registration[];
  readonly index: PeopleStore;
  readonly client: ReturnType<typeof documentClient>;
  /** Whose clock goes on as the run says. */
  readonly system: typeof realSystem;
}

/** What became of the mails of a message, of each as many. */
export const BECAME = [
  { state: 'sent', fate: { what: 'delivered', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'sent', fate: { what: 'no-mailbox', at: '2026-11-30T08:00:00.000Z' } },
  { state: 'failed', failure: 'superseded' },
  { state: 'sent' },
  { state: 'pending' },
] as const;
export const MESSAGE = 'message';
/** Lists that all came to. */
export const CAME_TO = ['event', 'day-day-1', 'day-day-2'] as const;
export const DAY = 86_400_000;

/** All came to some lists, one after another, and the index of attendance has it. */
export async function keepScans({ parts, id, people, client, system }: GrownEvent): Promise<void> {
  const { attendanceIndex } = doors();
  const chunks = new Map<string, MarksByTicket>(TICKET_PARTS.map((place) => [place, new Map()]));
  const began = Date.now() - DAY;
  for (const [nth, list] of CAME_TO.entries())
    for (const [each, person] of people.entries()) {
      const ticket = ticketHashOf(person);
      const correctedAt = began + nth * 3_600_000 + each * 40;
      const mark = { scanId: scanId(), device: `PHONE-${each % 10}`, kind: 'in' as const, correctedAt };
      addMark(chunks.get(ticketPart(ticket)) ?? new Map(), { list, ticket, mark });
    }
  const upTo = system.now().toISOString();
  const none = { version: 0 };
  const others = CAME_TO.length * people.length;
  const recent = { marks: new Map(), upTo, since: upTo, others, writtenAt: upTo };
  for (const [place, marks] of chunks)
    await attendanceIndex.write(id, place, none, { marks, upTo, writtenAt: upTo }, FAR_AWAY);
  const came = { came: people.length, inside: people.length };
  const counted = CAME_TO.map((list) => ({
    list,
    device: 'PHONE-1',
    lane: 0,
    category: 'academia',
    mode: 'in-person',
  }));
  const counts = counted.map((each) => addToCount(parts.database.tables.registry, id, each, came, FAR_AWAY));
  await writeAll(client, counts, realSystem);
  await attendanceIndex.write(id, RECENT_MARKS, none, recent, FAR_AWAY);
}

/** A message went to all, and what became of its mails is counted. */
export async function keepMail({ parts, id, people, client, system }: GrownEvent): Promise<void> {
  const { secrets, announcing } = housekeeping();
  const { tables } = parts.database;
  const now = system.now();
  const createdAt = now.toISOString();
  const of: Announcement = { eventId: id, id: MESSAGE, kind: 'organiser-message', segment: {}, createdAt };
  await writeAll(client, announce(system, tables, of, FAR_AWAY), realSystem);
  const mails = await Promise.all(
    people.map(async (each, nth) => {
      const message = announcedMessage(await announcedId(secrets, of, each), of, each, now);
      return { ...toOutboxItem(message), ...BECAME[nth % BECAME.length], expiresAt: FAR_AWAY };
    }),
  );
  await putAll(parts.database.client, tables.outbox, mails);
  await announcing.note(of, undefined, { more: people.length, doneAt: createdAt });
  await countResults({ ...housekeeping(), system }, countingJob({ system }, of));
}

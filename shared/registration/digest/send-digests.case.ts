import type { EventDefinition } from '../../event/event.ts';
import { isEventOver } from '../../event/event-times.ts';
import { digestId } from '../../kernel/dynamo/keys.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { localTime } from '../../kernel/text/zoned-time.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { holdsForAll } from '../../team/role/organiser-role.ts';
import { readPeople } from '../people/people.case.ts';
import { digestsFor, type Reader, SECRETARIAT } from './digest.ts';

type Deps = Needs<'digestWriter' | 'people' | 'roles' | 'system' | 'waitlist'>;

/** Local time at the event from which on a day's digests are due. */
const DUE = '08:00';

/**
 * Tells those who decide on registrations, once on each day on which anyone waits for them. It may be called at any time
 * and as often as one likes: a day's digest is written with its mail, once for each reader, and a day on which everyone
 * was told is not looked at again. After a crash the next call tells those who are left.
 */
export async function sendDigests(deps: Deps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await tellTeam(deps, eventId);
    } catch (error) {
      logger.error('digests not written', { error, eventId });
    }
  }
}

async function tellTeam(deps: Deps, eventId: string): Promise<void> {
  const event = await deps.waitlist.readEvent(eventId);
  const now = deps.system.now();
  if (event === undefined || event.status === 'cancelled' || isEventOver(event, now)) return;
  const { date, time } = localTime(now, event.timeZone);
  if (time < DUE || (await deps.digestWriter.isDone(eventId, date))) return;
  // An event is looked at once a day: an instance that remembered it would gain nothing.
  const [known, readers] = await Promise.all([
    readPeople({ ...deps, peopleMemory: new Map() }, event),
    readersOf(deps, event),
  ]);
  const everyone = [...known.people.values(), ...known.minors.values()];
  for (const [{ id: reader, email, language }, digest] of digestsFor(event, everyone, readers, now)) {
    const about = { eventId, reference: digestId(date, reader), email, language };
    await deps.digestWriter.tell(event, { date, reader, digest, message: newMessage(deps.system, 'digest', about) });
  }
  await deps.digestWriter.markDone(eventId, date);
}

interface Addressed extends Reader {
  readonly email: string;
  readonly language: string;
}

/** Members whose address is known. Where no organiser's is, the secretariat's own, which every event names, stands in. */
async function readersOf(deps: Deps, event: EventDefinition<string>): Promise<readonly Addressed[]> {
  const [first = 'en'] = event.languages;
  const members = (await deps.roles.list(event.id)).flatMap(({ id, grants, email, language = first }) =>
    email === undefined ? [] : [{ id, grants, email, language }],
  );
  if (members.some(({ grants }) => holdsForAll(grants, ['decide']))) return members;
  const secretariat = { id: SECRETARIAT, grants: [{ role: 'organiser' }] as const, email: event.secretariat.email };
  return [...members, { ...secretariat, language: first }];
}

import { type Announcement, recipientOf } from '../../shared/domain/announcement.ts';
import { isOptional, type MessageState } from '../../shared/domain/message.ts';
import type { Registration } from '../../shared/domain/registration.ts';
import { isNewsTo, lastStanding, type Told } from '../../shared/domain/told.ts';
import { announcedId } from '../../shared/registering/announced-message.ts';
import type { Deps } from './deps.ts';

/** A mail that left, or may have. */
const MAY_BE_READ: readonly MessageState[] = ['claimed', 'unknown', 'sent'];

/** Whether what an announcement tells of the event is still so, and news to its reader. */
export async function isStillTold(
  deps: Deps,
  announcement: Announcement,
  registration: Registration,
): Promise<boolean> {
  const { eventId, id, kind } = announcement;
  // What someone can do without tells of no change.
  if (isOptional(kind) || kind === 'programme-changed') return true;
  const told = await deps.readTold(eventId);
  if (told === undefined || lastStanding(told)?.announcement !== id) return false;
  // A coordinator's people are many, and any of them may have registered since.
  if (recipientOf(registration) !== registration.reference) return true;
  return isNewsTo(told, registration, await readBefore(deps, told, registration));
}

async function readBefore(deps: Deps, { standings }: Told, registration: Registration): Promise<ReadonlySet<string>> {
  const { eventId } = registration;
  const ids = standings.slice(0, -1).flatMap(({ announcement }) => announcement ?? []);
  const states = await Promise.all(
    ids.map(async (id) => settledState(deps, await announcedId(deps.secrets, { eventId, id }, registration))),
  );
  return new Set(ids.filter((_, index) => MAY_BE_READ.some((state) => state === states[index])));
}

/** How often one that is being sent at this moment is looked at: whether it leaves is soon known. */
const MOST_LOOKS = 6;

async function settledState({ outbox, system }: Deps, id: string): Promise<MessageState | undefined> {
  for (let look = 1; ; look += 1) {
    const state = (await outbox.read(id))?.state;
    if (state !== 'claimed' || look === MOST_LOOKS) return state;
    await system.backOff(look);
  }
}

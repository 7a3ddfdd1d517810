import type { Secrets } from '../kernel/keys/secrets.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { MessageState, OutboxMessage } from '../mail/outbox/message.schema.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { holdsAny } from '../team/role/organiser-role.ts';
import type { AnnouncedStatus, Announcement } from './announcement.schema.ts';
import { recipientOf } from './announcement.ts';
import { isNewsTo, lastAnnounced, tellsStatus } from './told.ts';

/** 128 bits are plenty to tell one message from another. */
const ID_BYTES = 16;

/**
 * The id of the mail of an announcement to a recipient: always the same, so that it is written once however often its job is done,
 * and found again without an index. 22 characters of base64url.
 */
export async function announcedId(
  secrets: Secrets,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  registration: Parameters<typeof recipientOf>[0],
): Promise<string> {
  return idTo(secrets, { eventId, id }, recipientOf(registration));
}

/** The same of the mail that tells a minor's guardian. @param reference the minor's */
export const announcedToGuardianId = (
  secrets: Secrets,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  { reference }: Pick<Registration, 'reference'>,
): Promise<string> => idTo(secrets, { eventId, id }, `guardian#${reference}`);

/** The same by what names the recipient, see `recipientOf`; or of what else there is once. */
export async function idTo(
  secrets: Secrets,
  { eventId, id }: Pick<Announcement, 'eventId' | 'id'>,
  recipient: string,
): Promise<string> {
  const mac = await secrets.mac('announced', JSON.stringify([eventId, id, recipient]));
  return mac.subarray(0, ID_BYTES).toString('base64url');
}

/** @param now when it is written */
export const announcedMessage = (
  id: string,
  { id: announcement, kind }: Pick<OutboxMessage, 'id' | 'kind'>,
  {
    eventId,
    reference,
    email,
    language,
    delegation,
  }: Pick<Registration, 'eventId' | 'reference' | 'email' | 'language' | 'delegation'>,
  now: Date,
): OutboxMessage => ({
  id,
  kind,
  eventId,
  reference,
  announcement,
  ...(delegation?.throughCoordinator && { delegation: delegation.id }),
  to: email,
  language,
  state: 'pending',
  createdAt: now.toISOString(),
  attempts: 0,
});

/** Whether its sender may still write to many, at this moment; what nobody sent has none who could lose that. */
export async function maySenderWrite({ roles }: Needs<'roles'>, { eventId, by }: Announcement): Promise<boolean> {
  return by === undefined || holdsAny((await roles.read(eventId, by))?.grants ?? [], ['write-to-many']);
}

export type StillToldDeps = Needs<'outbox' | 'readTold' | 'secrets' | 'system'>;

/** A mail that left, or may have. */
const MAY_BE_READ: readonly MessageState[] = ['claimed', 'unknown', 'sent'];

/** An attendee who may have read of the event before. */
interface Reader extends Pick<Registration, 'submittedAt' | 'changedAt'> {
  /** The id of the mail that another announcement has for them. */
  readonly mailOf: (announcement: Pick<Announcement, 'eventId' | 'id'>) => Promise<string>;
}

/** Whether what an announcement tells of the event is still so, and news to its reader. */
export async function isStillTold(
  deps: StillToldDeps,
  announcement: Announcement,
  registration: Registration,
): Promise<boolean> {
  // What attendees can do without tells of no change.
  if (!tellsStatus(announcement.kind)) return true;
  const mailOf: Reader['mailOf'] = (each) => announcedId(deps.secrets, each, registration);
  // A coordinator's people are many, and any of them may have registered since.
  const isOne = recipientOf(registration) === registration.reference;
  return isLastWord(deps, announcement, isOne ? { ...registration, mailOf } : undefined);
}

/** The same of what a minor's guardian is told: who was asked since, read on their page how it stood. */
export function isStillToldToGuardian(
  deps: StillToldDeps,
  announcement: Announcement,
  registration: Registration,
): Promise<boolean> {
  const { minor, submittedAt, changedAt } = registration;
  return isLastWord(deps, announcement, {
    submittedAt: minor?.guardianChange?.askedAt ?? submittedAt,
    changedAt,
    mailOf: (each) => announcedToGuardianId(deps.secrets, each, registration),
  });
}

/** @param reader none where there are many, to any of whom it may be news */
async function isLastWord(
  deps: StillToldDeps,
  { eventId, id }: Announcement,
  reader: Reader | undefined,
): Promise<boolean> {
  const told = await deps.readTold(eventId);
  if (told === undefined || lastAnnounced(told)?.announcement !== id) return false;
  return reader === undefined || isNewsTo(told, reader, await readBefore(deps, told, eventId, reader));
}

async function readBefore(
  deps: StillToldDeps,
  { standings }: AnnouncedStatus,
  eventId: string,
  { mailOf }: Reader,
): Promise<ReadonlySet<string>> {
  const ids = standings.slice(0, -1).flatMap(({ announcement }) => announcement ?? []);
  const states = await Promise.all(ids.map(async (id) => settledState(deps, await mailOf({ eventId, id }))));
  return new Set(ids.filter((_, index) => MAY_BE_READ.some((state) => state === states[index])));
}

/** How often one that is being sent at this moment is looked at: whether it leaves is soon known. */
const MOST_LOOKS = 6;

async function settledState({ outbox, system }: StillToldDeps, id: string): Promise<MessageState | undefined> {
  for (let look = 1; ; look += 1) {
    const state = (await outbox.read(id))?.state;
    if (state !== 'claimed' || look === MOST_LOOKS) return state;
    await system.backOff(look);
  }
}

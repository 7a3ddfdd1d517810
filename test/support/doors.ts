import type { EventDefinition } from '../../shared/event/event.ts';
import type { RouteId } from '../../shared/routes.ts';
import { ticketHashOf } from '../../shared/ticket/ticket-names.store.ts';
import type { Parts } from './parts.ts';
import { openPhone, sentScan } from './phone.ts';
import { openEvent } from './self-service.ts';
import { ask, auditOf, grantTeam, type TeamMember } from './team.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A list as an organiser sets it up. */
export const usual = {
  modes: ['in-person'],
  signedUpOnly: false,
  passing: 'once',
  place: { kind: 'event' },
};
/** Open now, though the days of the event are far away. */
export const open = {
  opensAt: new Date(Date.now() - DAY).toISOString(),
  closesAt: new Date(Date.now() + DAY).toISOString(),
};
export const problem = (type: string) => `urn:plenary:problem:${type}`;
/** No scan is of the same millisecond as the one before. */
export const aMoment = () => new Promise((done) => setTimeout(done, 5));

/** An event with its team, and what an organiser does about its doors. */
export type OpenDoors = Awaited<ReturnType<typeof openDoors>>;

export async function openDoors(parts: Parts, id: string, changes: Partial<EventDefinition> = { sessions: [] }) {
  const event = await openEvent(parts, id, changes);
  await grantTeam(parts, id);
  const asked = (route: RouteId, params: object = {}, body?: unknown, who: TeamMember = 'organiser') =>
    ask(who, route, { params: { eventId: id, ...params }, ...(body !== undefined && { body }) });
  const show = async () => (await asked('showCheckIn')).body;
  const revision = async (): Promise<number> => (await show()).revision;
  return {
    ...event,
    ask: asked,
    show,
    list: async (listId: string) => (await show()).lists.find((each: { id: string }) => each.id === listId),
    put: async (listId: string, change: object = {}) =>
      asked('putCheckInList', { listId }, { ...usual, revision: await revision(), ...change }),
    remove: async (listId: string, seen?: number) =>
      ask('organiser', 'deleteCheckInList', {
        params: { eventId: id, listId },
        query: { revision: String(seen ?? (await revision())) },
      }),
    counts: async (listId: string) => (await asked('countCheckIns', { listId })).body,
    offer: (change: object = {}, who: TeamMember = 'organiser') =>
      asked('offerEnrolment', {}, { ...wanted(), ...change }, who),
    conflicts: async (who: TeamMember = 'organiser') => (await asked('listConflicts', {}, undefined, who)).body,
    decide: (ticket: string, body: object, listId = 'event') =>
      asked('decideConflict', { listId, ticket }, { after: 0, ...body }),
    async holder(email: string, sent: Record<string, unknown> = {}) {
      await event.register(email, sent);
      const registration = await event.registrationOf(email);
      return { ...registration, ticket: ticketHashOf(registration) };
    },
    audit: () => auditOf(parts, id),
  };
}

const wanted = () => ({
  ...{ name: 'Hall, left door', lists: ['event'], maySearch: false },
  endsAt: new Date(Date.now() + 8 * HOUR).toISOString(),
});

/** An attendee whose ticket came in at two doors, a second apart. */
export async function twoDoors(parts: Parts, id: string) {
  const doors = await openDoors(parts, id);
  await doors.put('event', open);
  const holder = await doors.holder('twice@example.org', { fullName: 'Sokha Twice' });
  const about = { ticket: holder.ticket, reference: holder.reference };
  const endsAt = Date.now() + HOUR;
  const left = await openPhone(parts, id, { name: 'Left door', endsAt });
  const right = await openPhone(parts, id, { name: 'Right door', endsAt });
  const scan = (more: object = {}) => sentScan({ ...about, ...more });
  const [first, second] = [scan({ correctedAt: Date.now() }), scan({ correctedAt: Date.now() + 2000 })];
  await left.send([first]);
  await aMoment();
  await right.send([second]);
  return { doors, holder, left, right, scan, first, second };
}

/** What is wrong with a request, by its fields. */
export const errorsOf = ({
  status,
  body,
}: {
  status?: number | undefined;
  body: { errors?: { path: string; code: string }[] };
}) => ({
  status,
  errors: body.errors?.map(({ path, code }) => `${path} ${code}`),
});

import { createHash } from 'node:crypto';
import type { EventDefinition, Session } from '../../event/event.ts';
import { lastDay } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import { LANGUAGE_TAGS } from '../../kernel/i18n/languages.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { countriesOf } from '../../kernel/text/countries.ts';
import { activeDeviceOf, eventOfDevice, termsOf } from '../actors.case.ts';
import type { Device } from '../device/device.schema.ts';
import { isVettedDevice } from '../device/device.ts';
import { noteDeviceReport } from '../device/known-device.case.ts';
import type { ROSTER_ROUTES } from '../devices.routes.ts';
import { doorsOf } from '../list/check-in-lists.store.ts';
import { trustedKeys } from '../ticket-keys.case.ts';
import { type ListTerms, parsePhoneState, type RosterSetup } from './roster.schema.ts';
import { rosterFor, type Surroundings } from './roster-for.case.ts';

/** Tells a phone all that it decides with, or what changed of it. */
export const getRoster = (
  deps: Needs<'client' | 'events' | 'formerTicketKeys' | 'registry' | 'system' | 'ticketKey'>,
): Guarded<typeof ROSTER_ROUTES.getRoster> =>
  guarded(
    ({ authorization }) => activeDeviceOf(deps, authorization),
    async ({ query: { since }, headers }, device) => {
      const event = await eventOfDevice(deps, device);
      const whose = { event, device, isVetted: isVettedDevice(device, lastDay(event)) };
      const surroundings = await surroundingsOf(deps, event, device);
      const [answer] = await Promise.all([
        rosterFor(deps, whose, surroundings, since),
        noteDeviceReport(deps, device, parsePhoneState(headers['phone-state'])),
      ]);
      return json(200, { ...answer, device: termsOf(device, event) });
    },
  );

type SurroundingsDeps = Needs<'client' | 'events' | 'formerTicketKeys' | 'registry' | 'ticketKey'>;

/** What changes with the event, its lists and our keys, and not with its people. */
async function surroundingsOf(
  deps: SurroundingsDeps,
  event: EventDefinition<string>,
  device: Device,
): Promise<Surroundings> {
  const [doors, keys] = await Promise.all([doorsOf(deps, event, device), trustedKeys(deps)]);
  const handouts = [...doors.values()].flatMap(({ handout, ...door }) => (handout ? [{ ...door, handout }] : []));
  const rest = {
    doors: [...doors.values()].filter(({ handout }) => handout === undefined),
    keys,
    ...(handouts.length > 0 && { handouts }),
  };
  return {
    // Of phones that took it over when it had no countries it is another.
    tag: tagOf([event.version, rest, 'countries']),
    make: async () => ({ event: await wordsOf(deps, event, rest.doors), ...rest }),
  };
}

const tagOf = (what: unknown): string =>
  createHash('sha256').update(JSON.stringify(what)).digest('base64url').slice(0, 12);

/**
 * The event in each of its languages: staff at a door read others than its organiser. Of a closed session nobody learns but who
 * stands before its own door.
 */
async function wordsOf(
  { events }: SurroundingsDeps,
  { id, languages }: EventDefinition<string>,
  doors: readonly ListTerms[],
): Promise<RosterSetup['event']> {
  const spoken = await Promise.all(languages.map((language) => events.readEvent(id, language)));
  const found = spoken.flatMap((each) => each ?? []);
  const [first] = found;
  if (first === undefined) throw new ProblemError('unknown-event');
  const { rehearsal, timeZone, days, sessions, categories, safeguarding } = first.event;
  const isShown = (session: Session<string>): boolean =>
    session.audience === undefined ||
    doors.some(({ place }) => place.kind === 'session' && place.session === session.id);
  const inEach = (pick: (event: EventDefinition<string>) => string | undefined) =>
    Object.fromEntries(found.flatMap(({ language, event }) => (pick(event) ? [[language, pick(event) ?? '']] : [])));
  return {
    id,
    title: inEach(({ title }) => title),
    ...(rehearsal && { rehearsal }),
    timeZone,
    days: days.map((day) => ({ id: day.id, date: day.date })),
    sessions: sessions.filter(isShown).map(({ id: session, day, start, end }) => ({
      ...{ id: session, day, start, end },
      title: inEach((event) => event.sessions.find((each) => each.id === session)?.title),
    })),
    categories: categories.map(({ id: category }) => ({
      id: category,
      name: inEach((event) => event.categories.find((each) => each.id === category)?.title),
    })),
    countries: Object.fromEntries(
      [...new Set([...LANGUAGE_TAGS, ...languages])].map((language) => {
        const spoken = found.find((each) => each.language === language) ?? first;
        return [language, countriesOf(spoken.event, language).map(([code, name]): [string, string] => [code, name])];
      }),
    ),
    ...(safeguarding && { contact: [safeguarding.name, safeguarding.phone].filter(Boolean).join(', ') }),
  };
}

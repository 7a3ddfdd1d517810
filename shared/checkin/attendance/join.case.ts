import { createHash } from 'node:crypto';
import { joinPage } from '../../../web/site/checkin/join-page.ts';
import type { EventDefinition, Session } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../../kernel/http/handler.case.ts';
import { page, type Reply } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import type { ATTENDEE_ROUTES } from '../../registration/attendee.routes.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import { joinableSessions } from '../../registration/link/registration-view.case.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { ticketHashOf } from '../../ticket/ticket-names.store.ts';
import { NO_HEADCOUNT, ticketHolderOf } from '../holder.ts';
import { readCheckInLists } from '../list/check-in-lists.store.ts';
import { listTermsOf } from '../list/list.ts';
import { tellJoined } from '../roster/check-in-feed.store.ts';
import { keepScan } from '../scan/keep-scan.case.ts';
import { ONLINE } from '../scan/scan.ts';
import { minutesKept } from './minutes.ts';

type JoinDeps = Needs<'client' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Milliseconds before a session's start from which it can be joined. */
const EARLY = 15 * 60 * 1000;

interface Request {
  readonly params: { readonly token: string; readonly sessionId: string };
  readonly language: string;
  readonly path: string;
}

/** A page with a button: mail scanners follow links, but press nothing. */
export const showJoin =
  (deps: JoinDeps): Handle<typeof ATTENDEE_ROUTES.showJoin> =>
  async (request) => {
    const held = await holderOf(deps, request.params.token, request.language);
    const session = joinable(held, request);
    return sessionPage(deps, held, session, request);
  };

/** The meeting's address, for an attendee who pressed in time: it is shown once it is noted that they came. */
export const postJoin = (deps: JoinDeps): Guarded<typeof ATTENDEE_ROUTES.postJoin> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async (request, held) => {
      const session = joinable(held, request);
      const { state } = openingOf(session, held.event, deps.system.now());
      if (state === 'open') await notePresence(deps, held, session);
      return sessionPage(deps, held, session, request, session.meetingUrl);
    },
  );

function joinable({ event, registration }: RegistrationWithEvent, { params }: Request): Session<string> {
  const session = joinableSessions(event, registration).find(({ id }) => id === params.sessionId);
  if (session === undefined) throw new ProblemError('not-found');
  return session;
}

function sessionPage(
  deps: JoinDeps,
  { event, language }: RegistrationWithEvent,
  session: Session<string>,
  { params, path }: Request,
  meetingUrl?: string,
): Reply {
  const opening = openingOf(session, event, deps.system.now());
  const t = siteWords(language);
  return page(
    joinPage({ event, session, ...opening, meetingUrl, language, t, path, managePath: `/m/${params.token}` }),
  );
}

function openingOf(session: Session<string>, event: EventDefinition<string>, now: Date) {
  const date = event.days.find((day) => day.id === session.day)?.date ?? '';
  const opensAt = new Date(instantOf(date, session.start, event.timeZone).getTime() - EARLY);
  const closesAt = instantOf(date, session.end, event.timeZone);
  const state = now < opensAt ? 'early' : now < closesAt ? 'open' : 'over';
  return { state, opensAt: opensAt.toISOString() } as const;
}

/** 128 bits, as of any scan. */
const SCAN_ID_BYTES = 16;

/**
 * Notes that an attendee came to a session online, in the same list in which people at its door are. However often they press, it is one
 * scan: its id is made from their ticket and the list.
 */
async function notePresence(
  { client, tables, system }: Needs<'client' | 'system' | 'tables'>,
  { event, registration }: { readonly event: EventDefinition<string>; readonly registration: Registration },
  { id: session }: Session<string>,
): Promise<void> {
  const { lists } = await readCheckInLists(client, tables.registry, event);
  const list = lists.find(({ place }) => place.kind === 'session' && place.session === session);
  const door = list && listTermsOf(event, list);
  if (door === undefined) throw new Error('a session that can be joined has no list');
  const ticket = ticketHashOf(registration);
  const now = system.now().getTime();
  const times = { scannedAt: now, correctedAt: now };
  const scan = { scanId: idOf(ticket, door.id), list: door.id, ticket, device: ONLINE, kind: 'in' as const, ...times };
  const { reference } = registration;
  const holder = { reference, ...ticketHolderOf(event, { ...registration, mode: 'online' }, NO_HEADCOUNT) };
  const expiresAt = retentionEnd(event);
  const kept = await keepScan({ client, registry: tables.registry, system }, scan, {
    eventId: event.id,
    // An attendee who may join was let in before: they are in no doubt for being where the list has nobody scanned.
    door: { ...door, modes: [...door.modes, 'online'], categories: undefined },
    holder: { ...holder, isConfirmed: true },
    enrolledAt: 0,
    minutes: minutesKept(event),
    expiresAt,
  });
  // Where this fails, fewer are told than were counted: who came is read from how each ticket stands then.
  if (kept.result === 'kept') {
    await tellJoined(client, tables.registry, event.id, { list: door.id, ticket, mark: kept.mark }, expiresAt);
  }
}

const idOf = (ticket: string, list: string): string =>
  createHash('sha256').update(`${ONLINE} ${list} ${ticket}`).digest().subarray(0, SCAN_ID_BYTES).toString('base64url');

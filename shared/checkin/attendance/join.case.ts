import { joinPage } from '../../../web/site/checkin/join-page.ts';
import type { EventDefinition, Session } from '../../event/event.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { page, type Reply } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { instantOf } from '../../kernel/text/zoned-time.ts';
import type { ATTENDEE_ROUTES } from '../../registration/attendee.routes.ts';
import { holderOf } from '../../registration/holder-of.case.ts';
import { joinableSessions } from '../../registration/link/registration-view.case.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { notePresence } from './note-presence.case.ts';

type Deps = Needs<'client' | 'registrations' | 'secrets' | 'system' | 'tables'>;

/** Milliseconds before a session's start from which it can be joined. */
const EARLY = 15 * 60 * 1000;

interface Request {
  readonly params: { readonly token: string; readonly sessionId: string };
  readonly language: string;
  readonly path: string;
}

/** A page with a button: mail scanners follow links, but press nothing. */
export const showJoin =
  (deps: Deps): Handle<typeof ATTENDEE_ROUTES.showJoin> =>
  async (request) => {
    const held = await holderOf(deps, request.params.token, request.language);
    const session = joinable(held, request);
    return sessionPage(deps, held, session, request);
  };

/** The meeting's address, for whoever pressed the button in time: it is shown once it is noted that they came. */
export const postJoin = (deps: Deps): Guarded<typeof ATTENDEE_ROUTES.postJoin> =>
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
  deps: Deps,
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

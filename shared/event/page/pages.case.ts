import { eventPage, sharingOf } from '../../../web/site/event/event-page.ts';
import { eventPath, inLanguage, reportPath } from '../../../web/site/kernel/links.ts';
import { accessibilityPage, type NoticePage, privacyPage } from '../../../web/site/kernel/notices.ts';
import { consentFormPage, youngPeoplePage } from '../../../web/site/minors/young-people-page.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, json, page, type Reply, seeOther } from '../../kernel/http/reply.ts';
import { noticeWords } from '../../kernel/i18n/notices.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { PurposeKept } from '../../kernel/purposes.ts';
import { type Counter, hasRoom } from '../../seats/quota.ts';
import type { EventDefinition } from '../event.ts';
import { statusOf } from '../event-standing.ts';
import { registrationWindow } from '../event-times.ts';
import { openSessions } from '../sessions.ts';
import type { SITE_ROUTES } from '../site.routes.ts';
import { readLocalised } from './localised.case.ts';

type ShowHomeDeps = Needs<'homeEvent'>;

/** A visitor who opens the bare address of the site comes for its event. */
export const showHome =
  (deps: ShowHomeDeps): Handle<typeof SITE_ROUTES.showHome> =>
  async ({ query }) =>
    onTo(eventPath(deps.homeEvent), query.lang);

/** An address short enough for a poster. */
export const showReportHome =
  (deps: ShowHomeDeps): Handle<typeof SITE_ROUTES.showReportHome> =>
  async ({ query }) =>
    onTo(reportPath(deps.homeEvent), query.lang);

const onTo = (path: string, language: string | undefined): Reply =>
  seeOther(language === undefined ? path : inLanguage(path, language));

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    /** The id of the event that the bare address leads to. */
    readonly homeEvent: string;
  }
}

export const showEvent =
  (deps: Needs<'events' | 'siteUrl' | 'system'>): Handle<typeof SITE_ROUTES.showEvent> =>
  async ({ params, language }) => {
    const localised = await readLocalised(deps, params.eventId, language);
    const registration = registrationWindow(localised.event, deps.system.now());
    return cachedBriefly(page(eventPage({ ...localised, siteUrl: deps.siteUrl, registration })));
  };

type ShowNoticesDeps = Needs<'events' | 'siteUrl'>;

/**
 * What is said here is what is declared beside the schemas of what is stored.
 *
 * @param everyPurposeKept of all capabilities
 */
export const showPrivacy =
  (deps: ShowNoticesDeps, everyPurposeKept: () => readonly PurposeKept[]): Handle<typeof SITE_ROUTES.showPrivacy> =>
  async (request) =>
    cachedBriefly(page(privacyPage({ ...(await readNotice(deps, request)), kept: everyPurposeKept() })));

/** For events that take people under 18. */
export const showYoungPeople =
  (deps: ShowNoticesDeps): Handle<typeof SITE_ROUTES.showYoungPeople> =>
  async (request) =>
    cachedBriefly(page(youngPeoplePage(await readMinorsNotice(deps, request))));

export const showAccessibility =
  (deps: ShowNoticesDeps): Handle<typeof SITE_ROUTES.showAccessibility> =>
  async (request) =>
    cachedBriefly(page(accessibilityPage(await readNotice(deps, request))));

/** For events that take people under 18. */
export const showConsentForm =
  (deps: ShowNoticesDeps): Handle<typeof SITE_ROUTES.showConsentForm> =>
  async (request) =>
    cachedBriefly(page(consentFormPage(await readMinorsNotice(deps, request))));

interface Request {
  readonly params: { readonly eventId: string };
  readonly language: string;
  readonly path: string;
}

/** @throws ProblemError `minors-later` where the event takes nobody under 18: it has no such page (EV3) */
async function readMinorsNotice(deps: ShowNoticesDeps, request: Request): Promise<NoticePage> {
  const notice = await readNotice(deps, request);
  if (notice.event.minors === undefined) throw new ProblemError('minors-later', { eventId: notice.event.id });
  return notice;
}

async function readNotice(deps: ShowNoticesDeps, { params, language, path }: Request): Promise<NoticePage> {
  const localised = await readLocalised(deps, params.eventId, language);
  return { ...localised, sharing: sharingOf(deps.siteUrl), words: noticeWords(localised.language), path };
}

/** The public definition: what only some may see stays inside. */
export const getEvent = (deps: Needs<'counters' | 'events' | 'system'>): Handle<typeof SITE_ROUTES.getEvent> => {
  const countersOf = countersMemory(deps);
  return async ({ params, language: wanted }) => {
    const { event, language } = await readLocalised(deps, params.eventId, wanted);
    const { categories, sessions: _, quotas, retention, registration, safeguarding, ...rest } = event;
    const { calledOffAt: __, declineReasons: ___, promisedReaders: ____, ...shown } = rest;
    const { attackRate, closed, proveWithin, releaseUnproven, ...window } = registration;
    const counters = await countersOf(event);
    return cachedBriefly(
      json(200, {
        ...shown,
        language,
        status: statusOf(event),
        categories: categories.map(({ trustedDomains, ...category }) => category),
        sessions: openSessions(event).map(({ meetingUrl, audience, ...session }) => session),
        ...(safeguarding && { safeguarding: withoutDeputy(safeguarding) }),
        registration: { ...window, state: registrationWindow(event, deps.system.now()) },
        quotas: quotas.map(({ id, title }) => ({ id, title, state: isFull(counters.get(id)) ? 'full' : 'available' })),
      }),
    );
  };
};

/** Milliseconds. */
const REMEMBERED = 5_000;

/** Up to 640 counters of an event, which anyone who asks past all caches would have read each time: more than a table gives at 40 a second. */
function countersMemory({ counters, system }: Needs<'counters' | 'system'>) {
  const known = new Map<string, { readonly at: number; readonly read: ReturnType<typeof counters.read> }>();
  return (event: EventDefinition<string>) => {
    const [name, at] = [`${event.id} ${event.version}`, system.now().getTime()];
    const before = known.get(name);
    if (before !== undefined && at - before.at < REMEMBERED) return before.read;
    const read = counters.read(event);
    read.catch(() => known.delete(name));
    known.set(name, { at, read });
    return read;
  };
}

/** Reports reach them, and nothing else should. */
const withoutDeputy = ({ deputy: _, ...contact }: NonNullable<EventDefinition<string>['safeguarding']>) => contact;

const isFull = (counters: readonly Counter[] = []): boolean => counters.length > 0 && !hasRoom(counters);

import { accessibilityPage, type NoticePage, privacyPage } from '../../../web/site/kernel/notices.ts';
import { consentFormPage } from '../../../web/site/minors/consent-form-page.ts';
import { youngPeoplePage } from '../../../web/site/minors/young-people-page.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Handle } from '../../kernel/http/handler.case.ts';
import { cachedBriefly, page } from '../../kernel/http/reply.ts';
import { noticeWords } from '../../kernel/i18n/notices.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { PurposeKept } from '../../kernel/purposes.ts';
import type { SITE_ROUTES } from '../site.routes.ts';
import { readLocalised } from './localised.case.ts';

type Deps = Needs<'events'>;

/**
 * What is said here is what is declared beside the schemas of what is stored.
 *
 * @param everyPurposeKept of all capabilities
 */
export const showPrivacy =
  (deps: Deps, everyPurposeKept: () => readonly PurposeKept[]): Handle<typeof SITE_ROUTES.showPrivacy> =>
  async (request) =>
    cachedBriefly(page(privacyPage({ ...(await readNotice(deps, request)), kept: everyPurposeKept() })));

/** For events that take people under 18. */
export const showYoungPeople =
  (deps: Deps): Handle<typeof SITE_ROUTES.showYoungPeople> =>
  async (request) =>
    cachedBriefly(page(youngPeoplePage(await readMinorsNotice(deps, request))));

export const showAccessibility =
  (deps: Deps): Handle<typeof SITE_ROUTES.showAccessibility> =>
  async (request) =>
    cachedBriefly(page(accessibilityPage(await readNotice(deps, request))));

/** For events that take people under 18. */
export const showConsentForm =
  (deps: Deps): Handle<typeof SITE_ROUTES.showConsentForm> =>
  async (request) =>
    cachedBriefly(page(consentFormPage(await readMinorsNotice(deps, request))));

interface Request {
  readonly params: { readonly eventId: string };
  readonly language: string;
  readonly path: string;
}

/** @throws ProblemError `minors-later` where the event takes nobody under 18: it has no such page (EV3) */
async function readMinorsNotice(deps: Deps, request: Request): Promise<NoticePage> {
  const notice = await readNotice(deps, request);
  if (notice.event.minors === undefined) throw new ProblemError('minors-later', { eventId: notice.event.id });
  return notice;
}

async function readNotice(deps: Deps, { params, language, path }: Request): Promise<NoticePage> {
  const localised = await readLocalised(deps, params.eventId, language);
  return { ...localised, words: noticeWords(localised.language), path };
}

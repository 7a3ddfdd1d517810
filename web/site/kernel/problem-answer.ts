import type { ProblemError } from '../../../shared/kernel/errors.ts';
import { html } from '../../../shared/kernel/html.ts';
import type { ProblemType } from '../../../shared/kernel/http/problem.schema.ts';
import { LANGUAGE_TAGS } from '../../../shared/kernel/i18n/languages.ts';
import { problemWords } from '../../../shared/kernel/i18n/problems.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { page } from './layout.ts';
import { eventPath, findPath, inLanguage } from './links.ts';

/** With these there is no registration to lead to. */
const WITHOUT_REGISTRATION: readonly ProblemType[] = ['link-not-valid', 'link-replaced'];

/**
 * Shows any problem as a page of its own, where there is no better place for it: what went wrong, in words that help, and a way on.
 *
 * @param path of what was asked for; from a page below `/m/{token}` it leads to the holder's own page, from one of an event to that
 *   event. A reader who is lost is led to the event that the site is for
 * @param correlationId is shown where nothing but a person can help, who finds in the log by it what failed
 */
export function problemAnswer(
  problem: ProblemError,
  language: string,
  path: string | undefined,
  t: SiteTranslate,
  correlationId: string,
): string {
  const { type, params } = problem;
  const { title, detail } = problemWords(problem, t);
  const eventId = params['eventId'] ?? (type === 'unknown-event' ? undefined : eventIn(path));
  const own = WITHOUT_REGISTRATION.includes(type) || path === undefined ? undefined : ownPath(path);
  const back = eventId === undefined ? '/' : eventPath(String(eventId));
  return page({
    language,
    // The answer to a post cannot be shown again: other languages lead to the event, which falls back to one that it has.
    languages: LANGUAGE_TAGS,
    t,
    path: back,
    title,
    body: html`<h1>${title}</h1>
<p class="lead" data-problem="${type}">${detail}</p>
${type === 'internal' && html`<p>${t('manage.reference')}: <code>${correlationId}</code></p>`}${
  params['eventId'] !== undefined &&
  type === 'link-not-valid' &&
  html`<p><a href="${inLanguage(findPath(String(eventId)), language)}">${t('find.link')}</a></p>
`
}${
  own &&
  html`<p><a href="${inLanguage(own, language)}">${t('join.back')}</a></p>
`
}<p><a href="${inLanguage(back, language)}">${t('event.back')}</a></p>`,
  });
}

const eventIn = (path = ''): string | undefined => /^\/[ef]\/([\w-]+)\/./.exec(path)?.[1];

const ownPath = (path: string): string | undefined => /^\/m\/[\w.-]+(?=\/)/.exec(path)?.[0];

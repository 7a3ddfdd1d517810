import type { ProblemError } from '../../shared/errors.ts';
import { problemKeys, type SiteTranslate } from '../../shared/i18n/site.ts';
import { eventPath, inLanguage } from './links.ts';
import { problemPage } from './problem-page.ts';

/** Shows any problem as a page of its own, where there is no better place for it. */
export function problemAnswer({ type, params }: ProblemError, language: string, t: SiteTranslate): string {
  const { title, detail } = problemKeys(type);
  const { eventId } = params;
  const back = eventId === undefined ? undefined : inLanguage(eventPath(String(eventId)), language);
  return problemPage({ language, t, path: '', heading: t(title, params), message: t(detail, params), back });
}

import type { EventDefinition } from '../../shared/domain/event.ts';
import { html } from '../../shared/html.ts';
import type { SiteTranslate } from '../../shared/i18n/site.ts';
import { page } from './layout.ts';

export interface ProblemPage {
  readonly language: string;
  /** What else the page exists in; none where the address cannot be shown again, as after a refused post. */
  readonly languages?: readonly string[];
  readonly t: SiteTranslate;
  readonly path: string;
  readonly heading: string;
  readonly message: string;
  readonly event?: EventDefinition<string> | undefined;
  /** The page of the event that this is about. */
  readonly back?: string | undefined;
}

/** What went wrong, in words that help. */
export function problemPage({ heading, message, back, languages = [], ...rest }: ProblemPage): string {
  return page({
    ...rest,
    languages,
    title: heading,
    body: html`<h1>${heading}</h1>
<p class="lead">${message}</p>
${back && html`<p><a href="${back}">${rest.t('event.back')}</a></p>`}`,
  });
}

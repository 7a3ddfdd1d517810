import type { Afterwards } from '../../../../shared/announcements/timed/afterwards.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { certificatePath, inLanguage, myFeedbackPath } from '../../kernel/links.ts';
import type { ManageContext } from './context.ts';

/** What there is once the event has begun: to say how it was, and to have proof of having come. */
export function afterwards(
  { language, t }: ManageContext,
  path: string,
  { feedback, certificate }: Afterwards = { feedback: false, certificate: false },
): Html | undefined {
  if (!feedback && !certificate) return undefined;
  const link = (to: string, text: string): Html => html`<li><a href="${inLanguage(to, language)}">${text}</a></li>`;
  return html`<section class="screen"><h2>${t('manage.afterwards')}</h2>
<ul>${feedback && link(myFeedbackPath(path), t('manage.feedback'))}${certificate && link(certificatePath(path), t('certificate.link'))}</ul></section>
`;
}

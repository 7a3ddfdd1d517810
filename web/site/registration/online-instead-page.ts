import { html } from '../../../shared/kernel/html.ts';
import { minorsOf } from '../../../shared/minors/chaperone/chaperone.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import type { OneQuestion } from '../kernel/one-question.ts';
import { press } from './manage/press.ts';

/** One question for whoever comes from a reminder: what changes if they take part online, and the button. */
export const onlineInsteadPage = ({ event, registration, language, t, path, managePath }: OneQuestion): string =>
  page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('manage.title'),
    event,
    body: html`<h1>${t('online.title')}</h1>
<ul><li>${t('online.seat')}</li><li>${t('online.ticket')}</li><li>${t('online.full')}</li>${
      minorsOf(registration).length > 0 && html`<li>${t('online.chaperone')}</li>`
    }</ul>
${press(path, language, 'online', t('online.button'))}<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });

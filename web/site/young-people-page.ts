import { type Html, html } from '../../shared/html.ts';
import { reach } from './footer.ts';
import { page } from './layout.ts';
import { inLanguage, privacyPath } from './links.ts';
import { points } from './points.ts';
import { forgottenOn } from './privacy/purpose.ts';
import type { PublicPage } from './public-page.ts';

/** A notice that a child can read (CS21): short sentences, one thought each, and whom to turn to. */
export function youngPeoplePage(of: PublicPage): string {
  const { event, language, t, path } = of;
  const { name, email } = event.secretariat;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('youth.title'),
    event,
    index: true,
    body: html`<h1>${t('youth.title')}</h1>
<p class="lead">${t('youth.lead')}</p>
${points(t('youth.who.title'), [t('youth.who.you'), t('youth.who.team'), t('youth.who.nobody')])}${points(
  t('youth.agree.title'),
  [t('youth.agree.why'), t('youth.agree.before')],
)}${points(t('youth.no.title'), [
  t('youth.no.questions'),
  t('youth.no.change'),
  html`${t('youth.no.how', { name })} <a href="mailto:${email}">${email}</a>`,
])}${points(t('youth.talk.title'), [t('youth.talk.wrong'), ...focalPoint(of), t('youth.talk.danger')])}<h2>${t('youth.keep.title')}</h2>
<p>${t('youth.keep', { date: forgottenOn(event, language) })}</p>
<p>${t('youth.more')} <a href="${inLanguage(privacyPath(event.id), language)}">${t('privacy.title')}</a></p>`,
  });
}

function focalPoint({ event: { safeguarding }, t }: PublicPage): Html[] {
  if (safeguarding === undefined) return [];
  return [html`${t('youth.talk.contact', { name: safeguarding.name })} ${reach(safeguarding)}`];
}

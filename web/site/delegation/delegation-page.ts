import { MOST_PEOPLE, takesPlace } from '../../../shared/delegation/delegation.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { statusNote } from '../event/status-note.ts';
import { page } from '../kernel/layout.ts';
import { inLanguage, peoplePath, personPath, ticketsPath } from '../kernel/links.ts';
import { optionalMail } from '../registration/manage/optional-mail.ts';
import { press } from '../registration/manage/press.ts';
import type { DelegationPage, ShownMember } from './delegation.ts';
import { erase, reachedOnlyHere } from './erase.ts';

/** The people of a delegation, and where each of them stands. */
export function delegationPage(of: DelegationPage): string {
  const { event, language, t, path, members, places, done } = of;
  const hasTickets = reachedOnlyHere(members) > 0;
  return page({
    language,
    languages: event.languages,
    t,
    path,
    title: t('delegation.title'),
    event,
    body: html`${
      done === 'added' &&
      html`<p role="status"><b>${t('delegation.done.added')}</b></p>
`
    }<h1>${t('delegation.title')}</h1>
${statusNote(event, t)}
${
  members.length === 0
    ? html`<p class="lead">${t('delegation.nobody')}</p>
`
    : html`<p class="lead">${t('delegation.count', { people: members.filter(({ state }) => takesPlace(state)).length, max: MOST_PEOPLE })}</p>
<ol class="people">${members.map((each) => line(of, each))}</ol>
`
}${
  places > 0 &&
  html`<p class="screen"><a class="button" href="${inLanguage(peoplePath(path), language)}">${t('delegation.add')}</a></p>
`
}${
  hasTickets &&
  html`<p class="screen"><a href="${inLanguage(ticketsPath(path), language)}">${t('tickets.link')}</a></p>
`
}${optionalMail({ language, t, isStopped: of.isMailStopped }, path)}${linkCare(of)}${erase(of)}`,
  });
}

/** To have another link where this one may be known to someone else. */
const linkCare = ({ t, path, language, email }: DelegationPage): Html => html`<details class="screen">
<summary>${t('delegation.link.title')}</summary>
<p>${t('delegation.link')}</p>
<p>${t('delegation.replace-link', { email })}</p>
${press(path, language, 'replace-link', t('self.replace-link.button'))}</details>
`;

function line({ t, path, language }: DelegationPage, { member, state, registration }: ShownMember): Html {
  const name = registration?.fullName ?? member.name ?? t('delegation.state.given-up');
  return html`<li>
<p><b><a href="${inLanguage(personPath(path, member.member), language)}">${name}</a></b><br>${t(`delegation.state.${state}`)}</p>
${
  member.email &&
  html`<p class="hint">${member.email}</p>
`
}${
  registration &&
  html`<p class="hint">${t('manage.reference')}: <span class="code">${displayReference(registration.reference)}</span></p>
`
}</li>
`;
}

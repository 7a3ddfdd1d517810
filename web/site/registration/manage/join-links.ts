import type { Session } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { minorsOf } from '../../../../shared/minors/chaperone/chaperone.ts';
import type { OneQuestion } from '../../kernel/form.ts';
import { page } from '../../kernel/layout.ts';
import { inLanguage } from '../../kernel/links.ts';
import { dayLine, zoneLine } from '../../kernel/text.ts';
import { type ManageContext, press } from './press.ts';

/** For an attendee online: a page with a button for each session, never the meeting's own address. */
export function joinLinks(context: ManageContext): Html | undefined {
  const list = isInRoom(context) ? undefined : sessionList(context);
  return (
    list &&
    html`<h2>${context.t('manage.online')}</h2>
${list}`
  );
}

/** The same for an attendee with a seat in the room, below what they need to come there. */
export function joinInstead(context: ManageContext): Html | undefined {
  const { t } = context;
  const list = isInRoom(context) ? sessionList(context) : undefined;
  return (
    list &&
    html`<details><summary>${t('manage.online.instead')}</summary>
<p>${t('manage.online.kept')}</p>
${list}</details>
`
  );
}

const isInRoom = ({ registration: { status, mode } }: ManageContext): boolean =>
  status === 'confirmed' && mode === 'in-person';

function sessionList({ event, registration, language, t }: ManageContext): Html | undefined {
  const { joinLinks = [] } = registration;
  if (joinLinks.length === 0) return undefined;
  const zone = zoneLine(event.timeZone, event.days, language, t);
  const when = ({ day: id, ...times }: Session<string>): string | undefined => {
    const day = event.days.find((each) => each.id === id);
    return day && dayLine({ ...times, date: day.date }, language, t);
  };
  return html`<p>${t('manage.online.hint')} ${t('event.programme.zone', { zone })}</p>
<ul>${joinLinks.map(({ session: id, title, path }) => {
    const session = event.sessions.find((each) => each.id === id);
    return html`<li><a href="${inLanguage(path, language)}">${title}</a><p class="hint">${session && when(session)}</p></li>`;
  })}</ul>
`;
}

/** One question for an attendee who comes from a reminder: what changes if they take part online, and the button. */
export function onlineInsteadPage(of: OneQuestion): string {
  const { registration, language, t, path, managePath } = of;
  return page({
    ...of,
    title: t('online.title'),
    body: html`<h1>${t('online.title')}</h1>
<ul><li>${t('online.seat')}</li><li>${t('online.ticket')}</li><li>${t('online.full')}</li>${
      minorsOf(registration).length > 0 && html`<li>${t('online.chaperone')}</li>`
    }</ul>
${press(path, language, 'online', t('online.button'))}<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });
}

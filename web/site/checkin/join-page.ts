import type { Session } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatInstant } from '../../../shared/kernel/i18n/formats.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { dayLine, zoneLine } from '../kernel/text.ts';

/** At `/j/{token}/{sessionId}`. */
export interface JoinPage extends EventPage {
  readonly session: Session<string>;
  readonly state: 'early' | 'open' | 'over';
  /**
   * The meeting's own address, once the button was pressed in time. Shown as a link, never a redirect: browsers hold
   * the answer to a form to the page's `form-action`, and would not go to another site.
   */
  readonly meetingUrl?: string | undefined;
  /** ISO 8601 instant from which the meeting may be joined. */
  readonly opensAt: string;
  /** `/m/{token}` */
  readonly managePath: string;
}

/** One button: attendance is recorded by a press, since mail scanners follow every link. */
export function joinPage(of: JoinPage): string {
  const { event, session, state, language, t, managePath } = of;
  const day = event.days.find(({ id }) => id === session.day);
  return page({
    ...of,
    title: t('join.title'),
    body: html`<h1>${session.title}</h1>
${
  day &&
  html`<p class="lead">${dayLine({ ...session, date: day.date }, language, t)}</p>
<p class="hint">${zoneLine(event.timeZone, [{ ...session, date: day.date }], language, t)}</p>`
}
<h2>${t(`join.${state}`)}</h2>
${next(of)}
<p><a href="${inLanguage(managePath, language)}">${t('join.back')}</a></p>`,
  });
}

function next({ event, state, opensAt, meetingUrl, language, t, path }: JoinPage): Html {
  if (state === 'early') {
    return html`<p>${t('join.early.text', { when: formatInstant(opensAt, language, event.timeZone) })}</p>`;
  }
  if (state === 'over') return html`<p>${t('join.over.text')}</p>`;
  if (meetingUrl !== undefined) {
    return html`<p><a class="button" href="${meetingUrl}">${t('join.go')}</a></p>
<p>${t('join.address')} <a href="${meetingUrl}">${meetingUrl}</a></p>`;
  }
  return html`<p>${t('join.open.text')}</p>
<form method="post" action="${inLanguage(path, language)}"><button type="submit" name="action" value="join">${t('join.button')}</button></form>`;
}

import { type Member, type MemberState, MOST_PEOPLE, takesPlace } from '../../../shared/domain/delegation.ts';
import type { EventDefinition } from '../../../shared/domain/event.ts';
import { displayReference } from '../../../shared/domain/reference.ts';
import type { Registration } from '../../../shared/domain/registration.ts';
import { type Html, html } from '../../../shared/html.ts';
import type { SiteTranslate } from '../../../shared/i18n/site.ts';
import { page } from '../layout.ts';
import { inLanguage, peoplePath, personPath } from '../links.ts';

/** Someone in the list as the coordinator sees them. */
export interface ShownMember {
  readonly member: Member;
  readonly state: MemberState;
  /** Only where the coordinator sees where they stand. */
  readonly registration?: Registration | undefined;
}

export interface DelegationPage {
  readonly event: EventDefinition<string>;
  readonly language: string;
  readonly t: SiteTranslate;
  /** `/d/{token}` */
  readonly path: string;
  readonly email: string;
  readonly members: readonly ShownMember[];
  /** How many more may be added now; none while registration is closed. */
  readonly places: number;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
}

/** The people of a delegation, and where each of them stands. */
export function delegationPage(of: DelegationPage): string {
  const { event, language, t, path, members, places, done } = of;
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
}<p class="hint">${t('delegation.link')}</p>`,
  });
}

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

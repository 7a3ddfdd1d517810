import type { Member } from '../../../shared/delegation/delegation.schema.ts';
import { type MemberState, MOST_PEOPLE, takesPlace } from '../../../shared/delegation/delegation.ts';
import { retentionEnd, type WindowState } from '../../../shared/event/event-times.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { formatDay } from '../../../shared/kernel/i18n/formats.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { statusNote } from '../event/event-page.ts';
import {
  addressInput,
  type FormState,
  formPage,
  type ProvenFormPage,
  proofField,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { inLanguage, peoplePath, personPath, registerPath, ticketsPath, youngFormPath } from '../kernel/links.ts';
import { points } from '../kernel/text.ts';
import { optionalMail, press } from '../registration/manage/press.ts';
import { ticketCard } from '../registration/manage/ticket.ts';
import { mailLanguage } from '../registration/register/about.ts';

/** Asks a coordinator for an address, to which the link of the delegation is mailed: nothing else is needed before that. */
export function delegationStartPage(of: ProvenFormPage & { readonly window?: WindowState }): string {
  const { event, language, t, path, values, problems, challenge, inDoubt } = of;
  const form: FormState = { t, values, problems };
  const label = t('delegation.email.label');
  const title = t('delegation.start.title');
  return formPage(of, {
    form,
    title,
    hasChallenge: challenge !== undefined,
    labels: new Map([
      ['email', label],
      ['language', t('manage.language')],
    ]),
    question: inDoubt && whichAddresses(form, inDoubt),
    body: html`${
      of.window &&
      of.window !== 'open' &&
      html`<p class="note"><b>${t(`problem.registration-${of.window}.title`)}</b></p>
`
    }<p class="lead">${t('delegation.start.intro', { max: MOST_PEOPLE })}</p>
${points(t('delegation.start.how'), [
  t('delegation.start.how.link'),
  t('delegation.start.how.people'),
  t('delegation.start.how.tickets'),
])}<p>${
      event.minors
        ? html`${t('delegation.start.young')} <a href="${inLanguage(youngFormPath(event.id), language)}">${t('young.link')}</a>`
        : t('layout.adults-only')
    }</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
${[
  proofField(t, challenge),
  addressInput(form, { path: 'email', label, hint: t('delegation.email.hint'), autocomplete: 'email' }),
  mailLanguage(form, event),
]}<button type="submit">${t('find.submit')}</button>
</form>
<p><a href="${inLanguage(registerPath(event.id), language)}">${t('delegation.start.alone')}</a></p>`,
  });
}

/** The people of a delegation, and where each of them stands. */
export function delegationPage(of: DelegationPage): string {
  const { event, language, t, path, members, places, done } = of;
  const hasTickets = reachedOnlyHere(members) > 0;
  return page({
    ...of,
    title: t('delegation.title'),
    body: html`${
      done === 'added' &&
      html`<p class="note" role="status"><b>${t('delegation.done.added')}</b></p>
`
    }<h1>${t('delegation.title')}</h1>
${statusNote(event, t)}
${
  members.length === 0
    ? html`<p class="lead">${t('delegation.nobody')}</p>
`
    : html`<p class="lead">${t('delegation.count', { people: members.filter(({ state }) => takesPlace(state)).length, max: MOST_PEOPLE })}</p>
${members.some(({ state }) => state === 'mailed') && html`<p>${t('delegation.mailed')}</p>`}
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
  const email = shownAddress({ member, registration });
  const name = titledName({ member, registration }) ?? t('delegation.state.given-up');
  return html`<li>
<p><b><a href="${inLanguage(personPath(path, member.member), language)}">${name}</a></b><br>${t(`delegation.state.${state}`)}</p>
${
  email &&
  html`<p class="hint">${email}</p>
`
}${
  registration &&
  html`<p class="hint">${t('manage.reference')}: <span class="code">${displayReference(registration.reference)}</span></p>
`
}</li>
`;
}

/** Of people with an address of their own whom the coordinator sees, the one that they have by now; of others, what was typed. */
export const shownAddress = ({
  member,
  registration,
}: Pick<ShownMember, 'member' | 'registration'>): string | undefined =>
  registration && !registration.delegation?.throughCoordinator ? registration.email : member.email;

/** What stands on a list or a page about someone: their name, with the honorific before it; as they were typed, where no more is seen. */
export function titledName({ member, registration }: Pick<ShownMember, 'member' | 'registration'>): string | undefined {
  const { honorific } = registration ?? member;
  const name = registration?.fullName ?? member.name;
  return name && [honorific, name].filter(Boolean).join(' ');
}

/** Someone in the list as the coordinator sees them. */
export interface ShownMember {
  readonly member: Member;
  readonly state: MemberState;
  /** Only where the coordinator sees where they stand. */
  readonly registration?: Registration | undefined;
}

/** At `/d/{token}`. */
interface DelegationPage extends EventPage {
  readonly email: string;
  /** The coordinator stopped mail that they can do without. */
  readonly isMailStopped: boolean;
  readonly members: readonly ShownMember[];
  /** How many more may be added now; none while registration is closed. */
  readonly places: number;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
}

/** How many people come who have no address of their own: without the list nobody could reach them. */
export const reachedOnlyHere = (members: readonly ShownMember[]): number =>
  members.filter(({ state, registration }) => registration?.delegation?.throughCoordinator && takesPlace(state)).length;

/** Folded away and behind a box to tick: it cannot be undone. Or why the list is kept, and until when. */
function erase({ event, language, t, path, members }: DelegationPage): Html {
  const people = reachedOnlyHere(members);
  const when = formatDay(new Date(retentionEnd(event) * 1000), language, event.timeZone);
  return html`<details class="screen">
<summary>${t('delegation.erase.title')}</summary>
${
  people > 0
    ? html`<p>${t('delegation.erase.kept', { people, when })}</p>
`
    : html`<p>${t('delegation.erase.text')}</p>
<form method="post" action="${inLanguage(path, language)}">
<fieldset class="field"><legend>${t('self.erase.sure')}</legend>
<label><input type="checkbox" name="confirm" value="yes" required>${t('delegation.erase.confirm')}</label></fieldset>
<button class="danger" type="submit" name="action" value="erase">${t('delegation.erase.button')}</button>
</form>
`
}</details>
`;
}

/** Someone's ticket, signed. */
interface PrintedTicket {
  readonly registration: Registration;
  /** The ticket's id, 20 characters of Crockford base32. */
  readonly typed: string;
  readonly qr: Html;
}

/** At `/d/{token}/tickets`. */
interface TicketsPage extends EventPage {
  /** Of the people who are reached through the coordinator and come in person. */
  readonly tickets: readonly PrintedTicket[];
}

/** The tickets that a coordinator hands over, two on a sheet of paper. */
export function ticketsPage(of: TicketsPage): string {
  const { event, language, t, path, tickets } = of;
  return page({
    ...of,
    title: t('tickets.title'),
    body: html`<div class="screen"><h1>${t('tickets.title')}</h1>
<p class="lead">${t(tickets.length > 0 ? 'tickets.print' : 'tickets.none')}</p>
<p>${t('tickets.others')}</p>
<p><a href="${inLanguage(path.replace(/\/tickets$/, ''), language)}">${t('delegation.back')}</a></p></div>
<div class="tickets">${tickets.map(
      ({ registration, typed, qr }) =>
        html`<article><p class="hint">${event.title}</p>
${ticketCard({ event, registration, typed, qr, language, t }, registration.fullName, `ticket-${registration.reference}`)}</article>
`,
    )}</div>`,
  });
}

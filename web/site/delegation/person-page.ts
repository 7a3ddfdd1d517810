import type { PersonAction } from '../../../shared/delegation/delegation.schema.ts';
import type { MemberState } from '../../../shared/delegation/delegation.ts';
import { STANDING } from '../../../shared/event/attendee.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { asHeld } from '../../../shared/event/event-standing.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { expectedDays } from '../../../shared/registration/decide/approval.ts';
import { type FieldProblem, type FormState, type FormValues, firstValue, formPage, textInput } from '../kernel/form.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { findPath, inLanguage, substitutePath } from '../kernel/links.ts';
import { attribute, instantLine } from '../kernel/text.ts';
import { statementFields } from './columns.ts';
import { type ShownMember, shownAddress, titledName } from './delegation-page.ts';

const STANDS: readonly MemberState[] = STANDING;

/**
 * What a coordinator may do about a person: of one whom they do not see, no more than anyone who knows an address; once the event is over,
 * nothing that takes from who came what they came for.
 */
const personPresses = (of: PersonPage): Html =>
  of.registration === undefined
    ? html`${unseen(of)}`
    : html`${sendAgain(of)}${!of.hasEnded && [substitute(of), cancel(of), undo(of)]}`;

function unseen(of: PersonPage): Html | undefined {
  const { event, language, t, state } = of;
  if (state !== 'mailed') return undefined;
  const find = html`<a href="${inLanguage(findPath(event.id), language)}">${t('find.title')}</a>`;
  return html`<h2>${t('person.send-again.title')}</h2>
<p>${t('person.send-again.unseen')}</p>
${press(of, 'send-again', t('person.send-again.button'))}<p>${t('person.send-again.elsewhere')} ${find}</p>
`;
}

function sendAgain(of: PersonPage): Html | undefined {
  const { t, state, registration } = of;
  if (!STANDS.includes(state)) return undefined;
  return html`<h2>${t('person.send-again.title')}</h2>
<p>${t('person.send-again.text', { email: registration?.email ?? '' })}</p>
${press(of, 'send-again', t('person.send-again.button'))}`;
}

/** Who came already loses what they came for. */
const noCertificate = ({ event, state, t }: PersonPage): string =>
  event.certificate && state === 'confirmed' ? ` ${t('manage.cancel.certificate')}` : '';

function substitute(of: PersonPage): Html | undefined {
  const { t, path, language, state } = of;
  if (!STANDS.includes(state)) return undefined;
  return html`<h2>${t('person.substitute.title')}</h2>
<p>${t('person.substitute.text')}${noCertificate(of)}</p>
<p class="screen"><a class="button" href="${inLanguage(substitutePath(path), language)}">${t('person.substitute.button')}</a></p>
`;
}

/** Folded away, so that nobody is cancelled by a slip of the finger. */
function cancel(of: PersonPage): Html | undefined {
  const { t, state } = of;
  if (!STANDS.includes(state)) return undefined;
  return html`<details class="screen">
<summary>${t('person.cancel.title')}</summary>
<p>${t('person.cancel.text')}${noCertificate(of)}</p>
${press(of, 'cancel', t('person.cancel.button'), 'danger')}</details>
`;
}

function undo(of: PersonPage): Html | undefined {
  const { event, t, language, undoUntil } = of;
  if (undoUntil === undefined) return undefined;
  return html`<h2>${t('self.undo.title')}</h2>
<p>${t('person.undo.text', { when: instantLine(undoUntil, event.timeZone, language, t) })}</p>
${press(of, 'undo-cancel', t('self.undo.button'))}`;
}

/** A form that is one button, and says which revision was looked at. */
function press(of: PersonPage, action: PersonAction, label: string, className?: 'danger'): Html {
  const { path, language, registration } = of;
  const looked = registration && html`<input type="hidden" name="revision" value="${registration.revision}">`;
  const button = html`<button${attribute('class', className)} type="submit" name="action" value="${action}">${label}</button>`;
  return html`<form method="post" action="${inLanguage(path, language)}">${looked}${button}</form>
`;
}

/** One person of a delegation: where they stand, and what the coordinator may do about them. */
export function personPage(of: PersonPage): string {
  const { language, t, path, state } = of;
  const delegation = path.replace(/\/people\/[^/]*$/, '');
  return page({
    ...of,
    title: t('person.title'),
    body: html`${told(of)}<h1>${titledName(of) ?? t('delegation.state.given-up')}</h1>
<p class="lead">${t(`delegation.state.${state}`)}</p>
${state === 'mailed' && html`<p>${t('delegation.mailed')}</p>`}
${!of.hasEnded && next(of)}${facts(of)}${personPresses(of)}<p><a href="${inLanguage(delegation, language)}">${t('delegation.back')}</a></p>`,
  });
}

const TOLD = ['send-again', 'cancel', 'undo-cancel', 'substitute'] as const;

function told({ t, done, isOvertaken, registration }: PersonPage): Html | undefined {
  if (isOvertaken)
    return html`<p class="note" role="status"><b>${t('person.overtaken')}</b></p>
`;
  const pressed = TOLD.find((each) => each === done);
  const said = pressed === 'send-again' && registration === undefined ? 'send-again.unseen' : pressed;
  return (
    said &&
    html`<p class="note" role="status"><b>${t(`person.done.${said}`)}</b></p>
`
  );
}

/** What comes next, where it depends on someone else. */
function next({ event, t, state }: PersonPage): Html | undefined {
  if (state !== 'pending-approval' && state !== 'waitlisted') return undefined;
  return html`<p>${t(`person.next.${state}`, { days: expectedDays(event) })}</p>
`;
}

function facts({ event, t, member, registration }: PersonPage): Html {
  const mode = event.modes.find(({ id }) => id === (registration && asHeld(event, registration).mode));
  const rows: [string, string | Html | undefined][] = [
    [
      t('register.email.label'),
      shownAddress({ member, registration }) ?? (registration && t('delegation.preview.through')),
    ],
    [
      t('manage.reference'),
      registration && html`<span class="code">${displayReference(registration.reference)}</span>`,
    ],
    [t('register.position.label'), registration?.position],
    [t('register.organisation.label'), registration?.organisation],
    [t('register.mode.label'), registration && mode?.title],
  ];
  return html`<dl class="facts">${rows.map(
    ([label, value]) =>
      value &&
      html`<dt>${label}</dt><dd>${value}</dd>
`,
  )}</dl>
`;
}

/** What the page of one person of a delegation is made from. */
export interface PersonPage extends ShownMember, EventPage {
  /** `/d/{token}/people/{member}` */
  readonly path: string;
  /** ISO 8601 instant until which a cancellation can be undone; absent where it cannot. */
  readonly undoUntil?: string | undefined;
  /** Whether the last day is over. */
  readonly hasEnded?: boolean;
  /** What was pressed to come here. */
  readonly done?: string | undefined;
  /** Whether a press was not done because something else came first. */
  readonly isOvertaken?: boolean | undefined;
}

/** What is asked about a substitute. */
export const SUBSTITUTE_FIELDS = ['honorific', 'fullName', 'nativeName', 'position'] as const;
const OPTIONAL: readonly string[] = ['honorific', 'nativeName'];

/** At `/d/{token}/people/{member}/substitute`. */
interface SubstitutePage extends EventPage {
  /** With the consents that a coordinator answers for others. */
  readonly event: EventDefinition<string>;
  /** With the revision that was looked at. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** Asks who comes in the place of someone of a delegation. */
export function substitutePage(of: SubstitutePage): string {
  const { event, language, t, path, values, problems } = of;
  const form: FormState = { t, values, problems };
  const title = t('substitute.title');
  const labels = new Map([
    ...SUBSTITUTE_FIELDS.map((field) => [field, t(`register.${field}.label`)] as const),
    ['adults', t('delegation.adults.label')] as const,
    ...event.consents.map(({ id, title }) => [`consents.${id}`, title] as const),
  ]);
  return formPage(of, {
    form,
    title,
    labels,
    body: html`<p class="lead">${t('substitute.intro')}</p>
<p>${t('substitute.approval')}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate>
<input type="hidden" name="revision" value="${firstValue(values, 'revision')}">
${SUBSTITUTE_FIELDS.map((path) =>
  textInput(form, { path, label: labels.get(path) ?? path, optional: OPTIONAL.includes(path) }),
)}${statementFields(form, event, 'one')}<button type="submit">${t('substitute.button')}</button>
</form>
<p><a href="${inLanguage(path.replace(/\/substitute$/, ''), language)}">${t('substitute.back')}</a></p>`,
  });
}

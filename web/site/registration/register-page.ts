import type { EventDefinition } from '../../../shared/event/event.ts';
import { askedAtFirst } from '../../../shared/event/questions.ts';
import { categoriesWithClosedSessions } from '../../../shared/event/sessions.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteKey } from '../../../shared/kernel/i18n/words.ts';
import { expectedDays, mayNeedApproval } from '../../../shared/registration/decide/approval.ts';
import {
  choices,
  type FormState,
  firstValue,
  formPage,
  type ProvenFormPage,
  proofField,
  textInput,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventContext, type EventPage, formScript, page } from '../kernel/layout.ts';
import { delegationPath, eventPath, findPath, inLanguage, registerPath, youngFormPath } from '../kernel/links.ts';
import { addressText } from '../kernel/text.ts';
import { aboutYou, email, fieldLabels } from './register/about.ts';
import { closedSessions, isAskedByCategory, questions } from './register/questions.ts';
import { attendanceFields, category, consents, sessions } from './register/taking-part.ts';

/** The registration form: one page, complete without a script. */
export function registerPage(of: ProvenFormPage): string {
  const { event: all, language, t, path, values, problems, challenge, inDoubt, sharing } = of;
  const event = askedAtFirst(all);
  const form: FormState = { t, values, problems };
  const title = t('register.title');
  return formPage(of, {
    form,
    title,
    index: true,
    sharing,
    formOnly: true,
    hasChallenge: challenge !== undefined,
    labels: fieldLabels(event, t),
    question: inDoubt && whichAddresses(form, inDoubt),
    body: html`<p class="lead">${t('register.intro')}</p>
${otherWays(of, true)}<form method="post" action="${inLanguage(path, language)}" novalidate${!challenge && html` data-script="${formScript(language)}"`}>
${proofField(t, challenge, 'confirm')}<input type="hidden" name="language" value="${language}">
${sections(form, event, language)}</form>`,
  });
}

/** What else an attendee may come for, beside the button that registers one person. */
export const otherWays = ({ event, language, t }: EventContext, canRegister: boolean): Html =>
  html`<p class="links">${
    canRegister && html`<a href="${inLanguage(delegationPath(event.id), language)}">${t('delegation.start.title')}</a>`
  }<a href="${inLanguage(findPath(event.id), language)}">${t('find.title')}</a></p>
`;

/** Asked first: people under 18 have a form of their own, which asks for next to nothing until a guardian agrees. */
function ageBand(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  return choices(form, {
    path: 'ageBand',
    type: 'radio',
    label: t('register.ageBand.label'),
    ...(event.minors && { hint: t('register.ageBand.hint') }),
    choices: [
      { value: 'adult', label: t('register.ageBand.adult') },
      { value: 'minor', label: t('register.ageBand.minor'), note: forMinors(form, event, language) },
    ],
  });
}

function forMinors({ t }: FormState, event: EventDefinition<string>, language: string): Html | string {
  if (event.minors === undefined) return t('problem.minors-later.detail');
  return html`${t('register.ageBand.minor.note')} <a href="${inLanguage(youngFormPath(event.id), language)}">${t('young.link')}</a>`;
}

/** A code spares its holder the wait for approval: asked where anyone may have to wait, and of those who brought one. */
function invitation(form: FormState, event: EventDefinition<string>): Html | undefined {
  const { t, values } = form;
  if (!takesInvitations(event) && firstValue(values, 'invitation') === '') return undefined;
  return textInput(form, {
    path: 'invitation',
    label: t('register.invitation.label'),
    hint: t('register.invitation.hint'),
    optional: true,
  });
}

const takesInvitations = (event: EventDefinition<string>): boolean =>
  event.categories.some(({ approval }) => approval) || categoriesWithClosedSessions(event).length > 0;

/**
 * The parts of the form in their order. Without a script they stand on one page; with it, each is a step, so that
 * what a part asks may depend on itself and on those before it only.
 */
function sections(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const parts = [
    { id: 'you', body: html`${ageBand(form, event, language)}${email(form)}${aboutYou(form, event, language)}` },
    {
      id: 'group',
      body: html`${category(form, event)}${questions(form, event, byCategory, language)}${closedSessions(form, event, language)}${invitation(form, event)}`,
    },
    { id: 'attendance', body: html`${attendanceFields(form, event, language)}${sessions(form, event, language)}` },
    ...(others.length > 0 ? [{ id: 'more', body: questions(form, event, others, language) } as const] : []),
    { id: 'consents', body: html`${consents(form, event)}${sending(form)}` },
  ] as const;
  return html`${parts.map(
    (
      { id, body },
      index,
    ) => html`<section id="${id}"><h2><small>${t('step.progress', { step: index + 1, steps: parts.length })}</small> ${t(`register.section.${id}`)}</h2>
${body}</section>
`,
  )}`;
}

const sending = ({ t }: FormState): Html => html`<p>${t('register.after')}</p>
<button type="submit" data-sending="${t('register.sending')}">${t('register.submit')}</button>
`;

/** Ways on from a form that differ from the usual: a guardian is asked by mail, or signs on paper; the form is confirmed by mail. */
export const THANKS_VARIANTS = ['young', 'paper', 'confirm'] as const;

export interface ThanksPage extends EventPage {
  /** As typed; absent once the short-lived cookie that carried it is gone. */
  readonly email?: string | undefined;
  readonly asked?: (typeof THANKS_VARIANTS)[number] | undefined;
  /** The address that the mail comes from. */
  readonly sender: string;
}

const NEXT = {
  usual: 'thanks.nextStep',
  young: 'young.thanks.young',
  paper: 'young.thanks.paper',
  confirm: 'confirm.thanks.next',
} as const satisfies Record<string, SiteKey>;

/** Says the same for known and unknown addresses: what it says is all that a stranger could learn. */
export function thanksPage(of: ThanksPage): string {
  const { event, language, t, email, asked, sender } = of;
  return page({
    ...of,
    title: t('thanks.title'),
    body: html`<h1>${t('thanks.title')}</h1>
${
  email === undefined
    ? html`<p class="lead">${t('thanks.sent')}</p>`
    : html`<p>${t('thanks.sent-to')}</p>
<p class="typed">${addressText(email)}</p>
<p>${t('thanks.wrong')}</p>`
}
<h2>${t('thanks.next.title')}</h2>
<ol>
<li>${t('thanks.sender')}<br><b>${addressText(sender)}</b><br>${t('thanks.wait')}</li>
<li>${t(NEXT[asked ?? 'usual'])}</li>
${
  asked === undefined &&
  mayNeedApproval(event) &&
  html`<li>${t('thanks.approval', { days: expectedDays(event) })}</li>
`
}</ol>
<p>${t('thanks.spam')}</p>
${
  asked === 'confirm'
    ? html`<p><a href="${inLanguage(registerPath(event.id), language)}">${t('confirm.thanks.again')}</a></p>`
    : html`<p><a href="${inLanguage(findPath(event.id), language)}">${t('thanks.again')}</a></p>`
}
<p><a href="${inLanguage(eventPath(event.id), language)}">${t('event.back')}</a></p>`,
  });
}

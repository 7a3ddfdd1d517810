import { offeredToMinors } from '../../../shared/event/definition/offered-to.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { type Html, html } from '../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../shared/kernel/i18n/words.ts';
import { hasOwnMailbox } from '../../../shared/registration/mailed-change.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import { type FieldProblem, type FormState, type FormValues, formPage } from '../kernel/form.ts';
import { type EventPage, formScript } from '../kernel/layout.ts';
import { addressPath, inLanguage } from '../kernel/links.ts';
import { aboutYou, aboutYoung, fieldLabels, mailLanguage, youngLabels } from './register/about.ts';
import { closedSessions, isAskedByCategory, questions } from './register/questions.ts';
import { attendanceFields, category, consents, sessions } from './register/taking-part.ts';

/** At `/m/{token}/amend`. */
export interface AmendPage extends EventPage {
  /** With the questions that may be answered anew. */
  readonly event: EventDefinition<string>;
  /** As it is: what it agreed to need not be asked again, and whether someone approved it. */
  readonly registration: Pick<
    Registration,
    'email' | 'approved' | 'consents' | 'ageBand' | 'delegation' | 'status' | 'mode'
  >;
  /** What is there, or what was typed. */
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

const managePathOf = (path: string): string => path.replace(/\/amend$/, '');

/** The registration form with everything that its holder sent: on one page, for most change one thing. */
export function amendPage(of: AmendPage): string {
  const { event: all, registration, language, t, path, values, problems } = of;
  const isMinor = registration.ageBand === 'minor';
  const event = isMinor ? offeredToMinors(all) : all;
  const form: FormState = { t, values, problems };
  const title = t('amend.title');
  const back = inLanguage(managePathOf(path), language);
  return formPage(of, {
    form,
    title,
    labels: labels(event, isMinor, t),
    body: html`<p class="lead">${t('amend.intro')}</p>
${registration.approved && html`<p class="note">${t('amend.approved')}</p>`}
<p>${t('amend.email', { email: registration.email })} ${otherAddress(registration, language, t, path)}</p>
<form method="post" action="${inLanguage(path, language)}" novalidate data-script="${formScript(language)}">
${fields(form, event, registration, language)}<p>${t('amend.after')} ${t(mayWaitForRoom(event, registration) ? 'amend.after.room' : 'amend.after.no-seat')}</p>
<button type="submit" data-sending="${t('register.sending')}">${t('amend.submit')}</button>
</form>
<p><a href="${back}">${t('amend.back')}</a></p>`,
  });
}

/** The way to another address: on a page of its own, by a code. */
function otherAddress(registration: AmendPage['registration'], language: string, t: SiteTranslate, path: string): Html {
  if (!hasOwnMailbox(registration)) return html`${t('amend.email.again')}`;
  return html`<a href="${inLanguage(addressPath(managePathOf(path)), language)}">${t('address.title')}</a>`;
}

/** An attendee who comes online and would rather be in the room is not refused where that is full. */
const mayWaitForRoom = ({ modes }: EventDefinition<string>, { status, mode }: AmendPage['registration']): boolean =>
  status === 'confirmed' && mode === 'online' && modes.some(({ id }) => id === 'in-person');

function fields(
  form: FormState,
  event: EventDefinition<string>,
  { consents: given, ageBand }: AmendPage['registration'],
  language: string,
): Html {
  const { t } = form;
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const asked = event.consents.filter(({ id, version, required }) => !required || given[id] !== version);
  const section = (id: 'you' | 'group' | 'attendance' | 'more' | 'consents', body: Html): Html =>
    html`<h2>${t(`register.section.${id}`)}</h2>
${body}`;
  return html`${section('you', (ageBand === 'minor' ? aboutYoung : aboutYou)(form, event, language))}${section(
    'group',
    html`${category(form, event)}${questions(form, event, byCategory, language)}${closedSessions(form, event, language)}`,
  )}${section('attendance', html`${attendanceFields(form, event, language)}${sessions(form, event, language)}`)}${
    others.length > 0 && section('more', questions(form, event, others, language))
  }${mailLanguage(form, event)}${asked.length > 0 && section('consents', html`${consents(form, { ...event, consents: asked })}`)}`;
}

const labels = (event: EventDefinition<string>, isMinor: boolean, t: SiteTranslate): ReadonlyMap<string, string> =>
  new Map([...(isMinor ? youngLabels : fieldLabels)(event, t), ['language', t('manage.language')]]);

import { type Html, html } from '../../../shared/kernel/html.ts';
import type { AddressLink } from '../../../shared/registration/change/address-change.store.ts';
import type { Registration } from '../../../shared/registration/registration.schema.ts';
import {
  addressInput,
  type FieldProblem,
  type FormState,
  type FormValues,
  formPage,
  textInput,
  whichAddresses,
} from '../kernel/form.ts';
import { type EventPage, page } from '../kernel/layout.ts';
import { inLanguage } from '../kernel/links.ts';
import { addressText, instantLine, mailLink } from '../kernel/text.ts';
import { press } from './manage/press.ts';

/** At `/m/{token}/address`. */
export interface ChangeAddressPage extends EventPage {
  readonly registration: Pick<Registration, 'email'>;
  /** Whether a code was mailed that can be used. */
  readonly hasCode: boolean;
  /** The address that was written to and waits for a press there, until an ISO 8601 instant. */
  readonly asked?: { readonly email: string; readonly until: string } | undefined;
  /** When the address was changed, and until when that can be undone: it is not changed again before. */
  readonly changed?: { readonly at: string; readonly until: string } | undefined;
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
  readonly inDoubt?: readonly string[] | undefined;
}

/** Where an attendee says that they are reached at another address. It says the same of an address that is registered and one that is not. */
export function changeAddressPage(of: ChangeAddressPage): string {
  const { language, t, path, registration, hasCode, asked, changed, values, problems, inDoubt } = of;
  const form: FormState = { t, values, problems };
  const title = t('address.title');
  const labels = new Map([
    ['code', t('address.code.label')],
    ['email', t('address.email.label')],
  ]);
  const step = changed ? settling(of, changed) : hasCode ? withCode(of, form) : asked ? again(of) : withoutCode(of);
  return formPage(of, {
    form,
    title,
    labels,
    question: inDoubt && whichAddresses(form, inDoubt),
    body: html`<p class="lead">${t('address.lead', { email: registration.email })}</p>
${asked && waiting(of, asked)}${step}<p><a href="${inLanguage(path.replace(/\/address$/, ''), language)}">${t('join.back')}</a></p>`,
  });
}

const withoutCode = (of: ChangeAddressPage): Html => html`<p>${of.t('address.kept')}</p>
<p>${of.t('address.why')}</p>
${sendCode(of)}${noMailbox(of)}`;

const sendCode = ({ language, t, path }: ChangeAddressPage, className?: 'second'): Html =>
  press(path, language, 'code', t('address.send-code'), className);

/** Where no code arrives, an organiser changes it. */
function noMailbox({ event, t }: ChangeAddressPage): Html {
  const { name, email } = event.secretariat;
  return html`<details>
<summary>${t('address.no-mailbox')}</summary>
<p>${t('address.no-mailbox.text', { name })} ${mailLink(email)}</p>
</details>
`;
}

/** A mailbox gets three mails an hour, of all events: when its turn comes is told to no holder of a link, only that it may come later. */
const arrives = ({ t }: ChangeAddressPage): string => `${t('thanks.wait')} ${t('code.late')} ${t('thanks.spam')}`;

const withCode = (
  of: ChangeAddressPage,
  form: FormState,
): Html => html`<p class="note" role="status"><b>${of.t('address.sent')}</b> ${arrives(of)}</p>
<form method="post" action="${inLanguage(of.path, of.language)}" novalidate>
${textInput(form, {
  path: 'code',
  label: of.t('address.code.label'),
  hint: of.t('address.code.hint'),
  autocomplete: 'one-time-code',
})}${addressInput(form, {
  path: 'email',
  label: of.t('address.email.label'),
  hint: of.t('address.email.hint'),
  autocomplete: 'email',
})}<button type="submit" name="action" value="write">${of.t('address.ask')}</button>
</form>
<details>
<summary>${of.t('address.no-code')}</summary>
<p>${of.t('code.newest')}</p>
${sendCode(of, 'second')}</details>
${noMailbox(of)}`;

const waiting = (of: ChangeAddressPage, { email, until }: NonNullable<ChangeAddressPage['asked']>): Html => {
  const { event, language, t } = of;
  return html`<div class="note" role="status"><p>${t('address.asked')}</p>
<p class="typed">${addressText(email)}</p>
<p>${arrives(of)}</p>
<p>${t('address.asked.next', { when: instantLine(until, event.timeZone, language, t) })}</p></div>
`;
};

const again = (of: ChangeAddressPage): Html => html`<details>
<summary>${of.t('address.again')}</summary>
<p>${of.t('address.again.text')}</p>
${sendCode(of, 'second')}</details>
`;

const settling = (
  { event, language, t }: ChangeAddressPage,
  { at, until }: NonNullable<ChangeAddressPage['changed']>,
): Html => {
  const line = (instant: string): string => instantLine(instant, event.timeZone, language, t);
  return html`<p class="note">${t('address.settling', { when: line(at), until: line(until) })}</p>
`;
};

/** At `/a/{token}`. */
interface AddressLinkPage extends EventPage {
  readonly link: AddressLink;
  /** How long it can be pressed, ISO 8601. */
  readonly until: string;
  /** Whether it was pressed, and the address holds another registration. */
  readonly isTaken?: boolean;
}

const DONE = { changed: 'address.confirmed', undone: 'address.undone' } as const;
const ASKED = {
  asked: { action: 'confirm', words: 'address.confirm' },
  undo: { action: 'undo', words: 'address.undo' },
} as const;

/** What only a person can do: the other registration may be a child's, whose guardian agreed. */
function keepBoth({ event, t }: AddressLinkPage): Html {
  const { name, email } = event.secretariat;
  return html`<p>${t('address.undo.taken.both', { name })} ${mailLink(email)}</p>
`;
}

/** One question to the reader of a mailbox, with one button; nothing of whose registration it is. */
export function addressLinkPage(of: AddressLinkPage): string {
  const { event, language, t, path, link, until, isTaken } = of;
  if (link === 'changed' || link === 'undone') {
    const title = t(`${DONE[link]}.title`);
    return page({
      ...of,
      title,
      body: html`<h1>${title}</h1>
<p class="lead">${t(`${DONE[link]}.text`)}</p>
`,
    });
  }
  const { action, words } = ASKED[link];
  const title = t(`${words}.title`);
  return page({
    ...of,
    title,
    body: html`${
      isTaken &&
      html`<p class="note" role="alert" tabindex="-1" autofocus>${t(`${words}.taken`)}</p>
${link === 'undo' && keepBoth(of)}`
    }<h1>${title}</h1>
<p class="lead">${t(`${words}.text`, { event: event.title })}</p>
<p>${t(`${words}.effect`)}</p>
<p>${t(`${words}.until`, { when: instantLine(until, event.timeZone, language, t) })}</p>
${press(path, language, action, t(`${words}.button`))}<p>${t(`${words}.not-you`)}</p>
`,
  });
}

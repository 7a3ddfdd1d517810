import type { Consent, EventDefinition } from '../../../../shared/event/event.ts';
import { exclusivePairs, sessionsAtOnce, signUpSessions } from '../../../../shared/event/sessions.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { formatDate } from '../../../../shared/kernel/i18n/formats.ts';
import {
  choices,
  type FormState,
  fieldAttributes,
  fieldParts,
  oneChoice,
  onlyChoice,
  valuesOf,
} from '../../kernel/form.ts';
import { dayLine } from '../../kernel/text.ts';

/** How and when. */
export const attendanceFields = (form: FormState, event: EventDefinition<string>, language: string): Html =>
  html`${modeField(form, event)}${daysField(form, event, language)}`;

export function modeField(form: FormState, event: EventDefinition<string>): Html {
  const modes = event.modes.map(({ id, title, hint }) => ({ value: id, label: title, hint }));
  return (
    onlyChoice('mode', modes) ??
    choices(form, { path: 'mode', type: 'radio', label: form.t('register.mode.label'), choices: modes })
  );
}

export function daysField(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const days = event.days.map((day) => ({ value: day.id, label: day.title, hint: dayLine(day, language, t) }));
  const day = {
    path: 'days',
    type: 'checkbox',
    label: t('register.days.label'),
    hint: t('register.days.hint'),
  } as const;
  return onlyChoice('days', days) ?? choices(form, { ...day, choices: days });
}

/** The stakeholder group: it decides which questions follow. */
export function category(form: FormState, event: EventDefinition<string>): Html {
  const { t } = form;
  const offered = event.categories.map(({ id, title, hint, approval }) => ({
    value: id,
    label: title,
    hint,
    ...(approval && { note: t('register.category.approval') }),
  }));
  // What says whom a group is for helps those who choose.
  const named = offered.map(({ value, label }) => ({ value, label }));
  return (
    onlyChoice('category', named) ??
    choices(form, {
      path: 'category',
      type: 'radio',
      label: t('register.category.label'),
      hint: t('register.category.hint'),
      choices: offered,
    })
  );
}

/** Sessions to sign up for, a group for each day; the script shows the groups of the chosen days only, where the form asks for days. */
export function sessions(form: FormState, event: EventDefinition<string>, language: string, isAnyDay = false): Html {
  const { t } = form;
  const days = event.days
    .map((day) => ({ day, offered: signUpSessions(event).filter((session) => session.day === day.id) }))
    .filter(({ offered }) => offered.length > 0);
  const [chosen, onDays] = [valuesOf(form.values, 'sessions'), valuesOf(form.values, 'days')];
  const [wrong] =
    sessionsAtOnce(signUpSessions(event).filter(({ id, day }) => chosen.includes(id) && onDays.includes(day))) ?? [];
  const [first] = days;
  return html`${days.map(({ day, offered }) =>
    choices(!wrong || wrong.day === day.id ? form : { ...form, problems: form.problems.filter(isOfOther) }, {
      path: 'sessions',
      // The error summary leads to the day that has two at once, or the first.
      ...(day.id !== (wrong?.day ?? first?.day.id) && { id: `sessions-${day.id}` }),
      type: 'checkbox',
      label: t('register.sessions.label', { day: formatDate(day.date, language) }),
      hint: t('register.sessions.hint'),
      optional: true,
      choices: offered.map(({ id, title, start, end, room }) => ({
        value: id,
        label: title,
        hint: [t('time.range', { start, end }), room].filter(Boolean).join(', '),
      })),
      exclusive: exclusivePairs(offered).map((pair) => pair.map(({ id }) => id)),
      ...(!isAnyDay && { day: day.id }),
    }),
  )}`;
}

const isOfOther = ({ path }: FormState['problems'][number]): boolean => path !== 'sessions';

/** What people agree to: never ticked beforehand, and sent as the version they saw. */
export const consents = (form: FormState, event: EventDefinition<string>): Html[] =>
  event.consents.map((consent) => oneConsent(form, consent));

export function oneConsent(form: FormState, consent: Consent<string>, hint?: string): Html {
  const path = `consents.${consent.id}`;
  const field = { path, label: consent.title, hint, optional: !consent.required };
  const { id, label, notes, described, invalid } = fieldParts(form, field);
  return html`<fieldset${fieldAttributes(field, invalid)}${described}><legend>${label}</legend>
${consent.points.length > 0 && html`<ul>${consent.points.map((point) => html`<li>${point}</li>`)}</ul>`}${notes}${oneChoice(
  {
    id,
    type: 'checkbox',
    name: path,
    value: consent.version,
    label: consent.agreement,
    checked: valuesOf(form.values, path).includes(consent.version),
  },
)}</fieldset>
`;
}

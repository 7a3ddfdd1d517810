import type { EventDefinition } from '../../../../shared/event/event.ts';
import { signUpSessions } from '../../../../shared/event/sessions.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { formatDate } from '../../../../shared/kernel/i18n/formats.ts';
import { type Choice, choices } from '../../kernel/form/choices.ts';
import type { FormState } from '../../kernel/form/form-state.ts';

/** Sessions to sign up for, a group for each day; the script shows the groups of the chosen days only. */
export function sessions(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const days = event.days
    .map((day) => ({ day, offered: offeredOn(day.id, event, t) }))
    .filter(({ offered }) => offered.length > 0);
  return html`${days.map(({ day, offered }, index) =>
    choices(form, {
      path: 'sessions',
      // The error summary leads to the first day's.
      ...(index > 0 && { id: `sessions-${day.id}` }),
      type: 'checkbox',
      label: t('register.sessions.label', { day: formatDate(day.date, language) }),
      hint: t('register.sessions.hint'),
      optional: true,
      choices: offered,
      day: day.id,
    }),
  )}`;
}

function offeredOn(day: string, event: EventDefinition<string>, t: FormState['t']): Choice[] {
  return signUpSessions(event)
    .filter((session) => session.day === day)
    .map(({ id, title, start, end, room }) => ({
      value: id,
      label: title,
      hint: [t('time.range', { start, end }), room].filter(Boolean).join(', '),
    }));
}

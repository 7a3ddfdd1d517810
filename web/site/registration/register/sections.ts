import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { FormState } from '../../kernel/form/form-state.ts';
import { aboutYou, email } from './about-you.ts';
import { ageBand } from './age-band.ts';
import { attendance } from './attendance.ts';
import { category } from './category.ts';
import { closedSessions } from './closed-sessions.ts';
import { consents } from './consents.ts';
import { invitation } from './invitation.ts';
import { isAskedByCategory } from './question-order.ts';
import { questions } from './questions.ts';
import { sessions } from './sessions.ts';

/**
 * The parts of the form in their order. Without a script they stand on one page; with it, each is a step, so that
 * what a part asks may depend on itself and on those before it only.
 */
export function sections(form: FormState, event: EventDefinition<string>, language: string): Html {
  const { t } = form;
  const byCategory = event.questions.filter((question) => isAskedByCategory(question, event.questions));
  const others = event.questions.filter((question) => !byCategory.includes(question));
  const parts = [
    { id: 'you', body: html`${ageBand(form, event, language)}${email(form)}${aboutYou(form, event, language)}` },
    {
      id: 'group',
      body: html`${category(form, event)}${questions(form, event, byCategory, language)}${closedSessions(form, event, language)}${invitation(form, event)}`,
    },
    { id: 'attendance', body: html`${attendance(form, event, language)}${sessions(form, event, language)}` },
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

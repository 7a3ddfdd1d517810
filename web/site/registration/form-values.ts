import type { AnswerValue } from '../../../shared/event/condition.ts';
import type { EventDefinition } from '../../../shared/event/event.ts';
import { asHeld } from '../../../shared/event/event-standing.ts';
import type { Application } from '../../../shared/registration/registration.schema.ts';
import type { FormValues } from '../kernel/form.ts';

/** What a registration says, as the form would have sent it. */
export function formValues(
  application: Application,
  event: Pick<EventDefinition<string>, 'questions' | 'status'>,
): FormValues {
  const { honorific = '', fullName, badgeName, nativeName = '', position, organisation } = application;
  const answers = event.questions
    .filter(({ id }) => Object.hasOwn(application.answers, id))
    .map(({ id }) => [`answers.${id}`, textsOf(application.answers[id] ?? '')] as const);
  const consents = Object.entries(application.consents).map(([id, version]) => [`consents.${id}`, [version]] as const);
  return {
    honorific: [honorific],
    fullName: [fullName],
    // Left empty, it follows the full name.
    badgeName: [badgeName === fullName ? '' : badgeName],
    nativeName: [nativeName],
    position: [position],
    organisation: [organisation],
    country: [application.country],
    category: [application.category],
    mode: [asHeld(event, application).mode],
    days: application.days,
    sessions: application.sessions,
    closedSessions: application.closedSessions ? ['yes'] : [],
    language: [application.language],
    ...Object.fromEntries([...answers, ...consents]),
  };
}

function textsOf(answer: AnswerValue): readonly string[] {
  if (typeof answer === 'object') return answer;
  if (typeof answer === 'boolean') return [answer ? 'yes' : 'no'];
  return [String(answer)];
}

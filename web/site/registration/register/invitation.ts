import type { EventDefinition } from '../../../../shared/event/event.ts';
import { categoriesWithClosedSessions } from '../../../../shared/event/sessions.ts';
import type { Html } from '../../../../shared/kernel/html.ts';
import { type FormState, firstValue } from '../../kernel/form/form-state.ts';
import { textInput } from '../../kernel/form/text-input.ts';

/** A code spares its holder the wait for approval: asked where anyone may have to wait, and of whoever brought one. */
export function invitation(form: FormState, event: EventDefinition<string>): Html | undefined {
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

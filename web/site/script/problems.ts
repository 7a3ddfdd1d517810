import { parseEmailAddress } from '../../../shared/kernel/text/email-address.ts';
import { type FormTranslate, NAMED_FIELDS } from '../../../shared/registration/apply/form-words.ts';
import { fieldsIn, type PageField } from './fields.ts';

export interface Problem {
  readonly field: PageField;
  /** Beside the field. */
  readonly message: string;
  /** In the summary, where it has to say which field it means. */
  readonly summary: string;
}

/**
 * What would have to change in a step, said as the server says it: fields that are needed and empty, and addresses
 * that are none. Everything else is for the server to find.
 */
export const problemsIn = (step: HTMLElement, t: FormTranslate): Problem[] =>
  fieldsIn(step).flatMap((field) => {
    const code = problemOf(field);
    if (code === undefined) return [];
    const { label } = field;
    const message = t(`field.${code}`);
    const named = NAMED_FIELDS.find((name) => name === field.control.name);
    const unanswered = named === undefined ? t('errors.unanswered', { label }) : t(`errors.missing.${named}`);
    return [{ field, message, summary: code === 'required' ? unanswered : t('errors.item', { label, message }) }];
  });

type Code = 'required' | 'no-day' | 'not-accepted' | 'email-format' | 'email-ascii';

function problemOf({ box, control, answers: [first] }: PageField): Code | undefined {
  if (first !== undefined) return control.type === 'email' ? emailProblem(first) : undefined;
  if (!('required' in box.dataset)) return undefined;
  if (control.name === 'days') return 'no-day';
  return control.name.startsWith('consents.') ? 'not-accepted' : 'required';
}

function emailProblem(typed: string): Code | undefined {
  // Browsers from before 2023 cannot tell here, only the server can.
  if (!('canParse' in URL)) return undefined;
  const checked = parseEmailAddress(typed);
  const code = 'issue' in checked ? checked.issue.code : undefined;
  return code === 'email-format' || code === 'email-ascii' ? code : undefined;
}

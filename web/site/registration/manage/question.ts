import { type Html, html } from '../../../../shared/kernel/html.ts';
import { type FieldProblem, type FormState, type FormValues, textInput } from '../../kernel/form.ts';
import { inLanguage } from '../../kernel/links.ts';
import type { ManageContext } from './press.ts';

/** An answer that was not taken, as it was typed, with what has to change. */
export interface RefusedAnswer {
  readonly values: FormValues;
  readonly problems: readonly FieldProblem[];
}

/** The form of a refused answer; nothing typed and nothing wrong at first. */
export const answeringForm = ({ t }: Pick<ManageContext, 't'>, refused: RefusedAnswer | undefined): FormState => ({
  t,
  values: refused?.values ?? {},
  problems: refused?.problems ?? [],
});

const lines = (
  text: string,
): Html => html`<div class="typed">${text.split('\n').map((line) => html`<p>${line}</p>`)}</div>
`;

/** What the organisers ask an applicant, with a box for the answer; once it is answered, both. */
export function question(
  { registration, language, t }: ManageContext,
  path: string,
  refused: RefusedAnswer | undefined,
): Html | undefined {
  const asked = registration.question;
  if (asked === undefined) return lost(t, refused);
  if (asked.answer !== undefined) {
    return html`${lost(t, refused)}<section><h2>${t('self.question.answered')}</h2>
<p>${t('self.question.asked')}</p>
${lines(asked.text)}<p>${t('self.question.said')}</p>
${lines(asked.answer)}</section>
`;
  }
  return html`<section class="note" id="question"><h2>${t('self.question.title')}</h2>
${lines(asked.text)}<form method="post" action="${inLanguage(path, language)}" novalidate>
<input type="hidden" name="asked" value="${asked.askedAt}">
${textInput(answeringForm({ t }, refused), {
  path: 'answer',
  label: t('self.question.answer'),
  hint: t('self.question.answer.hint'),
  long: true,
})}<button type="submit" name="action" value="answer">${t('self.question.button')}</button>
</form></section>
`;
}

/** What was typed for a question that is over, so that it can be sent by mail. */
function lost(t: ManageContext['t'], refused: RefusedAnswer | undefined): Html | undefined {
  const [typed = ''] = refused?.values['answer'] ?? [];
  if (typed.trim() === '') return undefined;
  return html`<section><h2>${t('self.question.unsent')}</h2>
${lines(typed)}</section>
`;
}

import type { EventDefinition } from '../../../../shared/event/event.ts';
import { type Html, html } from '../../../../shared/kernel/html.ts';
import { type Page, page } from '../layout.ts';
import { errorSummary } from './error-summary.ts';
import type { FormState } from './form-state.ts';

type Flags = Pick<Page, 'index' | 'formOnly' | 'hasChallenge' | 'hasFeedback'>;

interface FormPage extends Flags {
  readonly event: EventDefinition<string>;
  readonly language: string;
  /** Where the form is shown and sent to. */
  readonly path: string;
  readonly form: FormState;
  readonly title: string;
  /** What the summary of errors calls each field, by its path. */
  readonly labels: ReadonlyMap<string, string>;
  /** What the summary says became of everything else; by default, that it is still in the form. */
  readonly kept?: string;
  /** What stands below the title. */
  readonly body: Html;
}

/** A page around a form: what has to be put right stands in its title and above everything else. */
export function formPage({ form, title, labels, kept, body, ...of }: FormPage): string {
  const { t, problems } = form;
  return page({
    ...of,
    t,
    languages: of.event.languages,
    title: problems.length > 0 ? t('register.error-title', { title }) : title,
    body: html`${errorSummary(form, labels, kept)}<h1>${title}</h1>
${body}`,
  });
}

import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ProblemType } from '../../../../shared/kernel/http/problem.schema.ts';
import { problemWords } from '../../../../shared/kernel/i18n/problems.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';

const TOLD = [
  'prove',
  'send-again',
  'meanwhile-online',
  'give-back-online',
  'undo-cancel',
  'amend',
  'online',
  'resume-mail',
  'care',
  'no-care',
  'chaperone-accept',
  'chaperone-decline',
  'show-coordinator',
  'hide-coordinator',
  'guardian',
] as const;

/** Says that a press did what it should, where the page does not show it by itself. */
export function done(action: string | undefined, t: SiteTranslate): Html | undefined {
  const told = TOLD.find((each) => each === action);
  return (
    told &&
    html`<p role="status"><b>${t(`self.done.${told}`)}</b></p>
`
  );
}

/** Says why a press did nothing. */
export function refused(type: ProblemType | undefined, t: SiteTranslate): Html | undefined {
  if (type === undefined) return undefined;
  const { title, detail } = problemWords({ type }, t);
  return html`<p class="note" role="alert"><b>${title}</b><br>${detail}</p>
`;
}

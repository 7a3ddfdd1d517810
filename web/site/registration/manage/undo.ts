import { type Html, html } from '../../../../shared/kernel/html.ts';
import { instantLine } from '../../kernel/when.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

/** For whoever cancelled by mistake. */
export function undo({ event, language, t }: ManageContext, path: string, until: string | undefined): Html | undefined {
  if (until === undefined) return undefined;
  return html`<h2>${t('self.undo.title')}</h2>
<p>${t('self.undo.text', { when: instantLine(until, event.timeZone, language, t) })}</p>
${press(path, language, 'undo-cancel', t('self.undo.button'))}`;
}

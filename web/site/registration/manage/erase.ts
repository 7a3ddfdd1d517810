import { type Html, html } from '../../../../shared/kernel/html.ts';
import { inLanguage } from '../../kernel/links.ts';
import type { ManageContext } from './context.ts';

/** Folded away and behind a box to tick: it cannot be undone. */
export const erase = ({ language, t }: ManageContext, path: string): Html => html`<details class="screen">
<summary>${t('self.erase.title')}</summary>
<p>${t('self.erase.text')}</p>
<form method="post" action="${inLanguage(path, language)}">
<fieldset class="field"><legend>${t('self.erase.sure')}</legend>
<label><input type="checkbox" name="confirm" value="yes" required>${t('self.erase.confirm')}</label></fieldset>
<button class="danger" type="submit" name="action" value="erase">${t('self.erase.button')}</button>
</form>
</details>
`;

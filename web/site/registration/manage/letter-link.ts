import { type Html, html } from '../../../../shared/kernel/html.ts';
import { inLanguage, letterPath } from '../../kernel/links.ts';
import type { ManageContext } from './context.ts';

/** The way to the invitation letter, once there is a seat. */
export const letterLink = ({ registration, language, t }: ManageContext, path: string): Html | undefined =>
  registration.status === 'confirmed'
    ? html`<p class="screen"><a href="${inLanguage(letterPath(path), language)}">${t('letter.link')}</a></p>
`
    : undefined;

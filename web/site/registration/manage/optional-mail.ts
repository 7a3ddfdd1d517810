import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { Action } from '../../../../shared/registration/link/self-service.schema.ts';
import { press } from './press.ts';

interface OptionalMail {
  readonly language: string;
  readonly t: SiteTranslate;
  readonly isStopped: boolean;
}

/** To whoever stopped mail that they can do without: that it is so, and the way back. @param path to which the button posts */
export function optionalMail({ language, t, isStopped }: OptionalMail, path: string): Html | undefined {
  if (!isStopped) return undefined;
  const action: Action = 'resume-mail';
  return html`<div class="screen">
<h2>${t('optional.stopped')}</h2>
<p>${t('optional.needed')}</p>
${press(path, language, action, t('optional.resume'), 'second')}</div>
`;
}

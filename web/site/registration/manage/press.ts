import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { SiteTranslate } from '../../../../shared/kernel/i18n/words.ts';
import type { Action, RegistrationView } from '../../../../shared/registration/self-service.schema.ts';
import type { EventContext } from '../../kernel/layout.ts';
import { inLanguage } from '../../kernel/links.ts';
import { attribute } from '../../kernel/text.ts';

/** A form that is one button: what it does happens by a press only, since mail scanners follow every link. */
export function press(
  path: string,
  language: string,
  action: Action | 'ask' | 'code' | 'confirm' | 'undo' | 'online' | 'stop' | 'resume',
  label: string,
  className?: 'danger' | 'second',
): Html {
  const button = html`<button${attribute('class', className)} type="submit" name="action" value="${action}">${label}</button>`;
  return html`<form method="post" action="${inLanguage(path, language)}">${button}</form>
`;
}

/** What every part of the holder's page is made from. */
export interface ManageContext extends EventContext {
  readonly registration: RegistrationView;
}

interface OptionalMail {
  readonly language: string;
  readonly t: SiteTranslate;
  readonly isStopped: boolean;
}

/** To an attendee who stopped mail that they can do without: that it is so, and the way back. @param path to which the button posts */
export function optionalMail({ language, t, isStopped }: OptionalMail, path: string): Html | undefined {
  if (!isStopped) return undefined;
  const action: Action = 'resume-mail';
  return html`<div class="screen">
<h2>${t('optional.stopped')}</h2>
<p>${t('optional.needed')}</p>
${press(path, language, action, t('optional.resume'), 'second')}</div>
`;
}

import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { Action } from '../../../../shared/registration/link/self-service.schema.ts';
import { attribute } from '../../kernel/attribute.ts';
import { inLanguage } from '../../kernel/links.ts';

/** A form that is one button: what it does happens by a press only, since mail scanners follow every link. */
export function press(
  path: string,
  language: string,
  action: Action | 'ask' | 'code' | 'online' | 'stop' | 'resume',
  label: string,
  className?: 'danger' | 'second',
): Html {
  const button = html`<button${attribute('class', className)} type="submit" name="action" value="${action}">${label}</button>`;
  return html`<form method="post" action="${inLanguage(path, language)}">${button}</form>
`;
}

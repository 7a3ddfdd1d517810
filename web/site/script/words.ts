import type { SiteKey } from '../../../shared/kernel/i18n/words.ts';

/** What the form's script says: `infra/site-bundle.ts` takes these of all words. */
type FormKey =
  | Extract<SiteKey, `errors.${string}` | `step.${string}`>
  | 'register.error-title'
  | `field.${'required' | 'email-format' | 'email-ascii' | 'no-day' | 'not-accepted'}`;

/** The words of the form's script in the language of the page: messages whose arguments are plain `{name}`s. */
export type Words = Readonly<Record<FormKey, string>>;

export const say = (message: string, params: Readonly<Record<string, string | number>>): string =>
  message.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));

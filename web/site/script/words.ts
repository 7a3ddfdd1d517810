import type form from '../../../shared/kernel/i18n/en/form.json';

/** What the form's script says, in the language of the page: messages whose arguments are plain `{name}`s. */
export type Words = Readonly<Record<keyof typeof form, string>>;

export const say = (message: string, params: Readonly<Record<string, string | number>>): string =>
  message.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));

import { type Html, html } from '../../../shared/kernel/html.ts';

/** ` name="value"`, or nothing for `undefined`: for attributes that are not always there. */
export const attribute = (name: string, value: string | undefined): Html | undefined =>
  value === undefined ? undefined : html` ${name}="${value}"`;

/** ` name`, or nothing. */
export const flag = (name: string, on: boolean): Html | undefined => (on ? html` ${name}` : undefined);

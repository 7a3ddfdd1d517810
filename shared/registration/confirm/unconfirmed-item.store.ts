import * as z from 'zod';
import { unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import { field, stored } from '../../kernel/stored.schema.ts';
import { storedRegistration } from '../registration.schema.ts';
import type { UnconfirmedForm } from './unconfirmed.ts';

/** What a registration says of what was typed, under the same names. */
const application = () =>
  storedRegistration().pick({
    email: true,
    language: true,
    honorific: true,
    fullName: true,
    badgeName: true,
    nativeName: true,
    position: true,
    organisation: true,
    country: true,
    category: true,
    mode: true,
    days: true,
    sessions: true,
    closedSessions: true,
    answers: true,
    consents: true,
  });

export const storedUnconfirmed = stored(() => ({
  v: field(z.literal(1), 'unconfirmed', 'day'),
  eventId: field(z.string(), 'unconfirmed', 'day'),
  id: field(z.string(), 'unconfirmed', 'day'),
  link: field(z.string(), 'unconfirmed', 'day'),
  edition: field(z.string(), 'unconfirmed', 'day'),
  language: field(z.string(), 'unconfirmed', 'day'),
  application: field(application().optional(), 'unconfirmed', 'day'),
  codeHash: field(z.string().optional(), 'unconfirmed', 'day'),
  request: field(z.string(), 'unconfirmed', 'day'),
  linkAt: field(z.string(), 'unconfirmed', 'day'),
  until: field(z.string(), 'unconfirmed', 'day'),
  confirmedAt: field(z.string().optional(), 'unconfirmed', 'day'),
}));

/** Epoch seconds after which the table forgets a form. */
export const unconfirmedEnd = ({ until }: Pick<UnconfirmedForm, 'until'>): number =>
  Math.ceil(Date.parse(until) / 1000);

export const toUnconfirmedItem = (form: UnconfirmedForm) => ({
  ...unconfirmedKey(form.eventId, form.id),
  v: 1,
  ...form,
  expiresAt: unconfirmedEnd(form),
});

/** @throws ZodError when the table holds something else */
export function fromUnconfirmedItem(item: Record<string, unknown>): UnconfirmedForm {
  const { v: _, ...form } = storedUnconfirmed().parse(item);
  return form as UnconfirmedForm;
}

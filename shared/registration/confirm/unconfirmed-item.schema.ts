import * as z from 'zod';
import { unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { storedRegistration } from '../registration.schema.ts';

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

/**
 * A form that came by mail while its event was under attack: nobody is registered by it until the reader of that mailbox says so. There is
 * one for each address and event; what is sent anew takes its place.
 */
export const storedUnconfirmed = stored(() => ({
  v: field(z.literal(1), 'unconfirmed', 'day'),
  eventId: field(z.string(), 'unconfirmed', 'day'),
  /** 22 characters of base64url, derived from the address: it names, and proves nothing. */
  id: field(z.string(), 'unconfirmed', 'day'),
  /** Names the link that opens it: the same for as long as it waits. */
  link: field(z.string(), 'unconfirmed', 'day'),
  /** Names exactly what was sent: what is confirmed is what was looked at. */
  edition: field(z.string(), 'unconfirmed', 'day'),
  /** Of the mail. */
  language: field(z.string(), 'unconfirmed', 'day'),
  /** What was sent, without anything to be arranged; absent once it was confirmed. */
  application: field(application().optional(), 'unconfirmed', 'day'),
  /** Hash of the invitation code that was sent, if one was. */
  codeHash: field(z.string().optional(), 'unconfirmed', 'day'),
  /** HMAC of all that was sent. */
  request: field(z.string(), 'unconfirmed', 'day'),
  /** When the link was last mailed, ISO 8601. */
  linkAt: field(z.string(), 'unconfirmed', 'day'),
  /** ISO 8601. */
  until: field(z.string(), 'unconfirmed', 'day'),
  /** ISO 8601. */
  confirmedAt: field(z.string().optional(), 'unconfirmed', 'day'),
}));
export interface UnconfirmedForm extends Omit<Output<typeof storedUnconfirmed>, 'v'> {}

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
  return form;
}

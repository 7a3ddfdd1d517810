import * as z from 'zod';
import { unconfirmedKey } from '../../kernel/dynamo/keys.ts';
import type { UsesOf } from '../../kernel/dynamo/uses-of.ts';
import { once } from '../../kernel/once.ts';
import { storedRegistration } from '../registration-item.store.ts';
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

export const storedUnconfirmed = once(() =>
  z.object({
    v: z.literal(1),
    eventId: z.string(),
    id: z.string(),
    link: z.string(),
    edition: z.string(),
    language: z.string(),
    application: application().optional(),
    codeHash: z.string().optional(),
    request: z.string(),
    linkAt: z.string(),
    until: z.string(),
    confirmedAt: z.string().optional(),
  }),
);

export const UNCONFIRMED_USES = {
  v: ['unconfirmed', 'day'],
  eventId: ['unconfirmed', 'day'],
  id: ['unconfirmed', 'day'],
  link: ['unconfirmed', 'day'],
  edition: ['unconfirmed', 'day'],
  language: ['unconfirmed', 'day'],
  application: ['unconfirmed', 'day'],
  codeHash: ['unconfirmed', 'day'],
  request: ['unconfirmed', 'day'],
  linkAt: ['unconfirmed', 'day'],
  until: ['unconfirmed', 'day'],
  confirmedAt: ['unconfirmed', 'day'],
} as const satisfies UsesOf<typeof storedUnconfirmed>;

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

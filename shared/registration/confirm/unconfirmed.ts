import type { Application } from '../registration.schema.ts';
import type { UnconfirmedForm } from './unconfirmed-item.schema.ts';

/** Milliseconds in which a form is to be confirmed, and after which all of it is forgotten. */
const CONFIRM_WITHIN = 24 * 60 * 60 * 1000;

/** What is new in a form, whether or not another one waits in its place. */
export type SentForm = Pick<UnconfirmedForm, 'eventId' | 'id' | 'edition' | 'codeHash' | 'request'> & {
  readonly application: Application;
};

export const isFormLive = ({ until }: Pick<UnconfirmedForm, 'until'>, now: Date): boolean =>
  Date.parse(until) > now.getTime();

/** Whether it waits to be confirmed. */
export const isWaiting = (form: UnconfirmedForm | undefined, now: Date): form is UnconfirmedForm =>
  form !== undefined && form.confirmedAt === undefined && isFormLive(form, now);

/**
 * What waits once a form was sent. The link of one that waits already stays good.
 *
 * @param link of one that does not
 * @param isMailed whether the link leaves anew
 */
export function nextForm(
  before: UnconfirmedForm | undefined,
  sent: SentForm,
  { now, link, isMailed }: { readonly now: Date; readonly link: string; readonly isMailed: boolean },
): UnconfirmedForm {
  const waits = isWaiting(before, now);
  return {
    ...sent,
    language: sent.application.language,
    link: waits ? before.link : link,
    linkAt: waits && !isMailed ? before.linkAt : now.toISOString(),
    until: new Date(now.getTime() + CONFIRM_WITHIN).toISOString(),
  };
}

/** What is left of it once it was confirmed: enough to know it again, nothing that was typed. */
export function confirmedForm({ application: _, codeHash: __, ...form }: UnconfirmedForm, now: Date): UnconfirmedForm {
  return { ...form, confirmedAt: now.toISOString() };
}

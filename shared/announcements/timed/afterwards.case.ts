import { certificateStatusOf, offerOf } from '../../certificates/certificate.ts';
import { attendedAs, isToldOf } from '../../feedback/form/attended.ts';
import { formStatus, formsOf } from '../../feedback/form/form.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { manageToken } from '../../registration/link/manage-link.store.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import type { AfterwardsLinks } from '../announced-data.ts';

export type AfterwardsDeps = Needs<'attending' | 'readFormSettings' | 'secrets' | 'siteUrl' | 'system'>;

/** What an attendee finds after the event: a form that they may answer, a certificate that they earned. Nothing if they did not come. */
export async function afterwardsFor(
  deps: AfterwardsDeps,
  { event, registration, language }: RegistrationWithEvent,
): Promise<AfterwardsLinks> {
  const now = deps.system.now();
  const attendance = await deps.attending(event, registration);
  // As the signer of feedback tokens sees it: people online say nothing of who was in the room.
  const forForms = { ...attendance, scanned: attendance.scannedAtDoors };
  const { settings } = await deps.readFormSettings(event.id);
  const isAsked = formsOf(event, settings).some(
    (form) =>
      formStatus(form, now.getTime()) === 'open' &&
      isToldOf(form, event, registration, attendance) &&
      attendedAs(form, event, forForms) !== undefined,
  );
  const isGiven =
    offerOf(event, registration, now) === 'given' && certificateStatusOf(event, attendance).kind === 'earned';
  const own = `${deps.siteUrl}/m/${await manageToken(registration, deps.secrets)}`;
  return {
    ...(isAsked && { feedback: `${own}/feedback?lang=${language}` }),
    ...(isGiven && { certificate: `${own}/certificate?lang=${language}` }),
  };
}

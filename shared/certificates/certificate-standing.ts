import { isLive } from '../event/attendee.ts';
import type { EventDefinition } from '../event/event.ts';
import { isCalledOff } from '../event/event-standing.ts';
import { eventEnd } from '../event/event-times.ts';
import type { Attendance } from '../feedback/form/attended.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { earnsCertificate, type Standing, standingUnder } from './certificate.ts';

type Certified = Pick<Registration, 'status' | 'certificateRevoked'>;

/**
 * `none`: the event gives no certificates. `ended`: nobody comes with this registration. `not-yet`: the event is not over. `given`: to
 * whoever came enough.
 */
export type Offer = 'none' | 'ended' | 'revoked' | 'not-yet' | 'given';

/** How it stands with a certificate before anything is known of where somebody came. */
export function offerOf(event: EventDefinition<unknown>, registration: Certified, now: Date): Offer {
  if (event.certificate === undefined || event.status === 'cancelled') return 'none';
  if (!isLive(registration) || registration.status === 'pending-guardian') return 'ended';
  if (registration.certificateRevoked) return 'revoked';
  // What others are scanned for counts too: before the end, nobody knows what there will have been to come to.
  return isCalledOff(event) || now < eventEnd(event) ? 'not-yet' : 'given';
}

/** How it stands with a certificate, for the page of whoever wants it. */
export type CertificateStatus =
  | { readonly kind: Exclude<Offer, 'given'> | 'earned' }
  /** In days or in sessions, as the event's rule counts. */
  | ({ readonly kind: 'not-earned'; readonly counts: 'days' | 'sessions' } & Standing);

/** @param attendance of somebody to whom a certificate is `given`, if they came enough */
export function standingOf(
  { certificate, ...event }: EventDefinition<unknown>,
  attendance: Attendance,
): CertificateStatus {
  if (certificate === undefined) return { kind: 'none' };
  if (earnsCertificate(certificate, event, attendance)) return { kind: 'earned' };
  return { kind: 'not-earned', counts: certificate.kind, ...standingUnder(certificate, event, attendance) };
}

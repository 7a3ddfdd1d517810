import { minorsOf } from '../../../shared/domain/chaperone.ts';
import type { Registration } from '../../../shared/domain/registration.ts';

/** What is shown of an adult who was asked to look after people under 18, or was vetted for it. */
export function chaperoneRow(registration: Registration) {
  const { reference, fullName, organisation, days, revision, chaperoning } = registration;
  const { askedAt, acceptedAt, declinedAt, vettedUntil } = chaperoning ?? {};
  const minors = minorsOf(registration).length;
  return {
    reference,
    name: fullName,
    organisation,
    days: [...days],
    askedAt,
    acceptedAt,
    declinedAt,
    vettedUntil,
    minors,
    revision,
  };
}

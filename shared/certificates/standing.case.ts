import type { Needs } from '../kernel/parts.store.ts';
import type { RegistrationWithEvent } from '../registration/registration.store.ts';
import { type CertificateStatus, offerOf, standingOf } from './certificate-standing.ts';

type Deps = Needs<'attending' | 'system'>;

/** How it stands with someone's certificate now; where they came is read only where it decides anything. */
export async function standingNow(
  { attending, system }: Pick<Deps, 'attending' | 'system'>,
  { event, registration }: RegistrationWithEvent,
): Promise<CertificateStatus> {
  const offer = offerOf(event, registration, system.now());
  return offer === 'given' ? standingOf(event, await attending(event, registration)) : { kind: offer };
}

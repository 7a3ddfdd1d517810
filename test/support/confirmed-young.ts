import { expect } from 'vitest';
import { consentToken } from '../../shared/minors/consent/guardian.store.ts';
import { beginYoung } from './begin-young.ts';
import { call, postForm } from './call.ts';
import type { Parts } from './parts.ts';
import type { openEvent } from './self-service.ts';
import { completeFields, consentFields, youngSubmission } from './young.ts';

/** Someone under 18 whose guardian agreed, and who answered. */
export async function confirmedYoung(
  parts: Parts,
  doors: Pick<Awaited<ReturnType<typeof openEvent>>, 'id' | 'deps' | 'tokenOf' | 'registrationOf'>,
  email: string,
) {
  const young = await beginYoung(parts, doors.id, youngSubmission({ email }));
  const consent = { token: await consentToken(young, doors.deps.secrets) };
  await call('postConsent', { params: consent, ...postForm(consentFields()) });
  const page = { token: await doors.tokenOf(email) };
  await call('postComplete', { params: page, ...postForm(completeFields({ fullName: 'Dara Young' })) });
  const confirmed = await doors.registrationOf(email);
  expect(confirmed.status).toBe('confirmed');
  return confirmed;
}

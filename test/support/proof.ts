import { expect } from 'vitest';
import type { RegistrationStatus } from '../../shared/event/attendee.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { call, postForm } from './call.ts';
import type { Parts } from './parts.ts';
import { registrationsTo } from './registry.ts';

/** The attendee says that it is theirs, by the link in the first mail; nothing where nobody has to, or they stand otherwise. */
export async function pressYes(
  parts: Parts,
  eventId: string,
  email: string,
  standing?: RegistrationStatus,
): Promise<void> {
  const { realDeps } = await import('../../functions/attendee/index.ts');
  const theirs = (await registrationsTo(parts, eventId, email)).filter(({ unproven }) => unproven);
  for (const registration of theirs.filter(({ status }) => standing === undefined || status === standing)) {
    const token = await manageToken(registration, realDeps().secrets);
    const answer = await call('postRegistration', { params: { token }, ...postForm([['action', 'prove']]) });
    expect(answer.statusCode, answer.body).toBe(303);
  }
}

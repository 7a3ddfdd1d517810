import { expect } from 'vitest';
import { manageToken } from '../../shared/keys/manage-link.ts';
import { call, postForm } from './call.ts';
import type { Parts } from './parts.ts';
import { readRegistry } from './registry.ts';

/** Whoever registered says that it is theirs, by the link in the first mail: twice does no harm. */
export async function pressYes(parts: Parts, eventId: string, email: string): Promise<void> {
  const { registrations } = await readRegistry(parts, eventId);
  const registration = registrations.find((each) => each.email === email);
  if (registration === undefined) throw new Error(`${email} is not registered`);
  const { realDeps } = await import('../../functions/attendee/deps.ts');
  const token = await manageToken(registration, realDeps().secrets);
  const answer = await call('postRegistration', { params: { token }, ...postForm([['action', 'prove']]) });
  expect(answer.statusCode, answer.body).toBe(303);
}

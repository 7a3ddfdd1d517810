import { expect } from 'vitest';
import { manageToken } from '../../shared/keys/manage-link.ts';
import { call, postForm } from './call.ts';
import type { Parts } from './parts.ts';
import { readRegistry } from './registry.ts';

/** Whoever registered says that it is theirs, by the link in the first mail; nothing where nobody has to. */
export async function pressYes(parts: Parts, eventId: string, email: string): Promise<void> {
  const { registrations } = await readRegistry(parts, eventId);
  const { realDeps } = await import('../../functions/attendee/deps.ts');
  for (const registration of registrations.filter((each) => each.email === email && each.unproven)) {
    const token = await manageToken(registration, realDeps().secrets);
    const answer = await call('postRegistration', { params: { token }, ...postForm([['action', 'prove']]) });
    expect(answer.statusCode, answer.body).toBe(303);
  }
}

import { expect } from 'vitest';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postForm, postJson } from './call.ts';
import type { Parts } from './parts.ts';
import { registrationsTo } from './registry.ts';
import type { youngSubmission } from './young.ts';

/** Someone under 18 sends the form and presses in the first mail: their guardian is asked. */
export async function beginYoung(
  parts: Parts,
  eventId: string,
  sent: ReturnType<typeof youngSubmission>,
): Promise<Registration> {
  const answer = await call('submitRegistration', { params: { eventId }, ...postJson(sent) });
  expect(answer.statusCode, answer.body).toBe(202);
  await pressAsk(parts, eventId, sent.email);
  return standing(parts, eventId, sent.email);
}

/** The press on the page that the first mail leads to. */
export async function pressAsk(parts: Parts, eventId: string, email: string): Promise<void> {
  const { realDeps } = await import('../../functions/attendee/index.ts');
  const token = await manageToken(await standing(parts, eventId, email), realDeps().secrets);
  const { statusCode, body } = await call('postAskGuardian', { params: { token }, ...postForm([['action', 'ask']]) });
  expect(statusCode, body).toBe(303);
}

async function standing(parts: Parts, eventId: string, email: string): Promise<Registration> {
  const found = (await registrationsTo(parts, eventId, email)).find(({ status }) => status !== 'cancelled');
  if (found === undefined) throw new Error(`${email} is not registered`);
  return found;
}

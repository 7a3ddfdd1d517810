import { expect, it } from 'vitest';
import { type OutboxMessage, saysTheSame } from '../../shared/mail/outbox/message.schema.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';

const ABOUT = { eventId: 'forum', reference: 'AAAAAAAAAA', email: 'who@example.org', language: 'en' };

const updated = (second: number, byOrganisers?: true): OutboxMessage => {
  const system = { now: () => new Date(second * 1000), random: (length: number) => new Uint8Array(length) };
  return { ...newMessage(system as never, 'updated', ABOUT), ...(byOrganisers && { byOrganisers }) };
};

it('a change by organisers is told as theirs, also where its holder changed something before that mail left', () => {
  expect(saysTheSame(updated(2), updated(1, true))).toBe(false);
  expect(saysTheSame(updated(2, true), updated(1, true))).toBe(true);
  expect(saysTheSame(updated(2, true), updated(1))).toBe(true);
  expect(saysTheSame(updated(2), updated(1))).toBe(true);
});

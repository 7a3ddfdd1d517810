import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { changed, newMessage } from '../../mail/outbox/new-items.store.ts';
import type { Decision } from '../../registration/change/change-registration.case.ts';
import { provenBy } from '../../registration/proven.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { answerBy } from '../young.ts';
import type { Guardian } from './guardian.schema.ts';
import { movePendingAnswer } from './guardian-writes.store.ts';
import type { PendingAnswer } from './pending-answer.schema.ts';

type Deps = Needs<'system' | 'tables' | 'young'>;

/** Milliseconds before a guardian gets the receipt: whoever agreed in their place is found out when nobody looks any more. */
const RECEIPT_AFTER = 60 * 60 * 1000;

/** What is kept of a request to a guardian. */
export interface Asked {
  readonly guardian: Guardian;
  readonly pending: PendingAnswer;
}

/** Nothing where the registration was moved on since it was read: all three are written together. */
export async function readAsked({ young }: Deps, registration: Registration): Promise<Asked | undefined> {
  const [guardian, pending] = await Promise.all([young.readGuardian(registration), young.readPending(registration)]);
  return guardian && pending && { guardian, pending };
}

/**
 * What follows once a guardian has agreed, by their link or on paper: the minor's turn, with a time of their own to answer.
 *
 * @param agreed consent id to version
 * @param put writes the guardian with what they agreed to
 */
export function afterAgreeing(
  deps: Deps,
  event: EventDefinition<string>,
  before: Registration,
  { guardian, pending }: Asked,
  agreed: Readonly<Record<string, string>>,
  put: TransactItem,
): NonNullable<Decision> {
  const now = deps.system.now();
  const until = answerBy(event, now).toISOString();
  return {
    after: provenBy(changed(before, { guardianConsents: agreed, answerBy: until }, now), 'vouched'),
    messages: [newMessage(deps.system, 'guardian-agreed', before), ...receipt(deps, before, guardian, now)],
    also: [put, ...movePendingAnswer(deps.tables, pending, { answerBy: until, reminders: [] }, retentionEnd(event))],
  };
}

function receipt(deps: Deps, before: Registration, { email, language }: Guardian, now: Date): OutboxMessage[] {
  if (email === undefined || language === undefined) return [];
  const at = new Date(now.getTime() + RECEIPT_AFTER);
  return [newMessage(deps.system, 'guardian-receipt', { ...before, email, language }, at)];
}

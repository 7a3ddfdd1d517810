import { eventOf } from '../../event/event-of.case.ts';
import { testTurnsKey } from '../../kernel/dynamo/keys.ts';
import type { TransactItem } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { OutboxMessage } from '../../mail/outbox/message.ts';
import { newId } from '../../mail/outbox/new-items.store.ts';
import { putMessage } from '../../registration/writes.store.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { checkOne } from './checked.ts';

type Deps = Needs<'attempt' | 'events' | 'outboxTable' | 'registry' | 'roles' | 'system'>;

/** As many as `TEAM_CAPS` lets leave. */
const MOST_AN_HOUR = 3;
const DAY_SECONDS = 24 * 60 * 60;
const HOUR = 'YYYY-MM-DDTHH'.length;

/** Mails a message to whoever is writing it. Of what it says nothing is kept once it has left. */
export const testMessage =
  (deps: Deps): Permitted<'testMessage'> =>
  async ({ params: { eventId }, body, language }, caller) => {
    const { event } = await eventOf(deps, eventId, language);
    const words = checkOne(event, body.language, body.words);
    const to = (await deps.roles.read(eventId, caller.id))?.email;
    if (to === undefined) throw new ProblemError('no-own-address');
    const now = deps.system.now();
    const expiresAt = Math.floor(now.getTime() / 1000) + DAY_SECONDS;
    const id = newId(deps.system);
    const message: OutboxMessage = {
      id,
      kind: 'message-test',
      eventId,
      reference: id,
      words,
      to,
      language: body.language,
      state: 'pending',
      createdAt: now.toISOString(),
      attempts: 0,
    };
    const refusals = await deps.attempt([
      takeTurn(deps.registry, eventId, caller.id, now, expiresAt),
      putMessage(deps.outboxTable, message, expiresAt),
    ]);
    if (refusals.length > 0) throw new ProblemError('too-many-tests');
    return json(202, { to });
  };

const takeTurn = (table: string, eventId: string, memberId: string, now: Date, expiresAt: number): TransactItem => ({
  Update: {
    TableName: table,
    Key: testTurnsKey(eventId, memberId, now.toISOString().slice(0, HOUR)),
    UpdateExpression: 'SET v = :v, expiresAt = :expiresAt ADD taken :one',
    ConditionExpression: 'attribute_not_exists(taken) OR taken < :most',
    ExpressionAttributeValues: { ':v': 1, ':expiresAt': expiresAt, ':one': 1, ':most': MOST_AN_HOUR },
  },
});

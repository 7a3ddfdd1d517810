import { eventKey, eventListKey, textKey, versionKey } from '../../kernel/dynamo/keys.ts';
import { type TransactItem, transact, untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { putJob } from '../../mail/outbox/outbox-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { deleteRoles } from '../../team/role/role.store.ts';
import { deletedAt, toTombstoneItem, WHOLE_EVENT } from '../event.store.ts';
import { retentionEnd } from '../event-times.ts';
import { WRITES_END } from '../publish/retention.case.ts';
import { readStored } from '../publish/stored-event.case.ts';
import type { COPY_ROUTES } from './definition.routes.ts';

/** Members whose roles go in the transaction, two items each of the hundred that it has room for; those of others go with all else. */
const MOST_MEMBERS = 40;

/**
 * Deletes a rehearsal: its definition and its team at once, after which nothing of it can be read, and no mail that waits is sent; what is left
 * by a job, once nobody who was registering meanwhile writes any more. Pressed twice at once, it is done once, and a success twice.
 */
export const deleteRehearsal =
  (deps: Needs<'auditTable' | 'publishing' | 'roles' | 'system'>): Permitted<typeof COPY_ROUTES.deleteRehearsal> =>
  async ({ params: { eventId } }, caller) => {
    const { system, auditTable } = deps;
    const { client, registry, outbox } = deps.publishing;
    const attempt = async () => {
      const [stored, members] = await Promise.all([readStored(deps.publishing, eventId), deps.roles.list(eventId)]);
      if (stored === undefined) {
        if ((await deletedAt(client, registry, eventId)) === undefined) throw new ProblemError('unknown-event');
        return true;
      }
      const { rules, version } = stored;
      if (!rules.rehearsal) throw new ProblemError('not-a-rehearsal');
      const now = system.now();
      const end = retentionEnd(rules);
      const notBefore = new Date(now.getTime() + WRITES_END);
      const Item = toTombstoneItem({ eventId, hash: WHOLE_EVENT, erasedAt: now.toISOString() }, end);
      // First, as where an event is deleted in a terminal: whatever is restored from before is deleted again.
      const puts = [registry, auditTable].map((TableName): TransactItem => ({ Put: { TableName, Item } }));
      await transact(client, puts, system);
      const words = rules.languages.map((language) => textKey(eventId, language));
      const refusals = await transact(
        client,
        [
          { Delete: { TableName: registry, Key: eventKey(eventId), ...asRead(version) } },
          ...[versionKey(eventId), eventListKey(eventId), ...words].map(
            (Key): TransactItem => ({ Delete: { TableName: registry, Key } }),
          ),
          ...members.slice(0, MOST_MEMBERS).flatMap((member) => deleteRoles(registry, eventId, member)),
          putJob(outbox, newJob(system, 'delete-event', eventId, { notBefore }), end),
          audited(deps, rules, caller, 'delete-rehearsal'),
        ],
        system,
      );
      return refusals.length === 0 || undefined;
    };
    await untilWritten(system, attempt);
    return json(200, { status: 'deleted' });
  };

/** Holds while it is the event that was read, and so the rehearsal. */
const asRead = (version: number) => ({
  ConditionExpression: 'version = :read',
  ExpressionAttributeValues: { ':read': version },
});

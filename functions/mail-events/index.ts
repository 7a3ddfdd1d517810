import { delegationStore } from '../../shared/delegation/delegation.store.ts';
import { rulesReader } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { batchHandler } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { mailEvent, OUTBOX_TAG } from '../../shared/mail/fate/mail-event.schema.ts';
import { noteFateByEvent, settleByEvent } from '../../shared/mail/fate/settle-message.case.ts';
import { messageReader } from '../../shared/mail/outbox/outbox.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { noteMailEvent } from '../../shared/registration/note-mail-event.case.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client },
    {
      readMessage: messageReader,
      readRules: rulesReader,
      registrations: registrationStore,
      delegations: delegationStore,
      changes: changeStore,
    },
  );

type Deps = ReturnType<typeof realDeps>;

let deps: Deps | undefined;

/**
 * Notes what SES tells of one mail, by way of EventBridge. What fails is tried again twice, and then kept with what else
 * was given up.
 *
 * @throws ZodError for an event of another shape
 */
export const handler = batchHandler(async ({ detail }: { readonly detail: unknown }): Promise<void> => {
  deps ??= realDeps();
  const event = mailEvent.parse(detail);
  const [id] = event.mail.tags[OUTBOX_TAG] ?? [];
  const message = id === undefined ? undefined : await deps.readMessage(id);
  if (message === undefined) return;
  await settleByEvent(deps, message, event);
  await noteFateByEvent(deps, message, event);
  await noteMailEvent(deps, message, event);
});

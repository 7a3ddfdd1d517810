import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_AWS } from '../../local/aws.ts';
import { rulesReader } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { transact } from '../../shared/kernel/dynamo/transact.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { forgottenStore, wakening } from '../../shared/mail/outbox/forgotten.store.ts';
import { COMMAND_LINE } from '../../shared/team/audit/audit.ts';
import { audited } from '../../shared/team/audit/audited.case.ts';
import { sqsQueue } from './queue.ts';
import type { RedriveDeps } from './redrive.ts';
import type { Target } from './target.ts';

export function awsDeps({ table, registry, audit, queue, mailEvents, local }: Target): RedriveDeps {
  const at = (endpoint: string | undefined) => (endpoint === undefined ? {} : { ...LOCAL_AWS, endpoint });
  const lambda = new LambdaClient(at(local?.operator));
  const client = documentClient(new DynamoDBClient(at(local?.dynamodb)));
  const readRules = rulesReader({ client, registry });
  return {
    forgotten: forgottenStore({ client, outbox: table }),
    async noteFor(eventId) {
      const event = await readRules(eventId);
      return event && audited({ system: realSystem, auditTable: audit }, event, { id: COMMAND_LINE }, 'redrive');
    },
    async wakeNoted(each, now, note) {
      const refused = await transact(client, [{ Update: wakening(table, each, now) }, note], realSystem);
      return refused.length === 0;
    },
    queue: sqsQueue(new SQSClient(at(local?.operator)), queue),
    // Its answer is awaited: a letter is deleted only once it was taken.
    async noteMailEvent(event) {
      const { FunctionError } = await lambda.send(
        new InvokeCommand({ FunctionName: mailEvents, Payload: JSON.stringify(event) }),
      );
      if (FunctionError !== undefined) throw new Error(`${mailEvents} failed: ${FunctionError}`);
    },
    now: () => new Date(),
  };
}

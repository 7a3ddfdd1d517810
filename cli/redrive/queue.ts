import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';

export interface Queue {
  /** How many letters there are, about. */
  readonly count: () => Promise<number>;
  /** Hands over each letter once; what the handler takes is deleted, the rest can be received again at once. It ends where letters come again. */
  readonly each: (take: (body: string) => Promise<boolean>) => Promise<void>;
}

/** Seconds for which a letter is nobody else's: longer than a function takes for one. */
const OURS = 120;
const TOGETHER = 10;

export function sqsQueue(sqs: SQSClient, QueueUrl: string): Queue {
  return {
    async count() {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
        }),
      );
      return Object.values(Attributes).reduce((sum, value) => sum + Number(value), 0);
    },

    async each(take) {
      const kept = new Map<string | undefined, Message>();
      for (let isNew = true; isNew; ) {
        const letters = await receive();
        isNew = letters.some(({ MessageId }) => !kept.has(MessageId));
        for (const letter of letters) {
          const { MessageId, ReceiptHandle } = letter;
          // Where the handler is slow, those that it did not take are anybody's again before it saw all.
          const isTaken = !kept.has(MessageId) && (await take(letter.Body ?? ''));
          if (isTaken) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          else kept.set(MessageId, letter);
        }
      }
      for (const { ReceiptHandle } of kept.values()) {
        const now = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
        try {
          await sqs.send(new ChangeMessageVisibilityCommand(now));
        } catch (error) {
          // What is anybody's again cannot be handed back.
          if (!/NotInflight|InvalidParameterValue/.test((error as Error).name)) throw error;
        }
      }
    },
  };

  async function receive(): Promise<readonly Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: TOGETHER,
        VisibilityTimeout: OURS,
        // Without waiting, SQS asks some of its servers only.
        WaitTimeSeconds: 2,
      }),
    );
    return Messages;
  }
}

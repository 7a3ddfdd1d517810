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
  /** Hands over each letter once; what the handler takes is deleted, the rest can be received again at once. */
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
      const kept: Message[] = [];
      for (let letters = await receive(); letters.length > 0; letters = await receive()) {
        for (const letter of letters) {
          const { ReceiptHandle } = letter;
          if (await take(letter.Body ?? '')) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          else kept.push(letter);
        }
      }
      for (const { ReceiptHandle } of kept) {
        const now = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
        await sqs.send(new ChangeMessageVisibilityCommand(now));
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

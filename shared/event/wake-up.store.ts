import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { System } from '../kernel/system.store.ts';

/*
 * A stream tells of an item as it is written and cannot wait, and timers count in minutes: SQS holds the id of a job back until its time has
 * come. It delivers at least once, and a job that is done is there no more. What it loses a sweep finds within a minute.
 */

interface WakeUps {
  /** Has a job looked at again then, where that is not too far off for the queue. @throws where the queue does not answer */
  readonly ask: (jobId: string, at: Date) => Promise<void>;
}

/**
 * Seconds for which SQS holds a message back at the most.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const LONGEST_DELAY = 900;

interface Queue {
  readonly sqs: SQSClient;
  /** URL. */
  readonly wakeUps: string;
  readonly system: Pick<System, 'now'>;
}

export const wakeUpQueue = ({ sqs, wakeUps: QueueUrl, system }: Queue): WakeUps => ({
  async ask(jobId, at) {
    const DelaySeconds = Math.max(0, Math.ceil((at.getTime() - system.now().getTime()) / 1000));
    if (DelaySeconds > LONGEST_DELAY) return;
    await sqs.send(new SendMessageCommand({ QueueUrl, DelaySeconds, MessageBody: JSON.stringify({ jobId }) }));
  },
});

/** @returns the id of the job; empty, which names none, where it is not one of ours */
export function readWakeUp(body: string): string {
  try {
    return String(JSON.parse(body).jobId ?? '');
  } catch {
    return '';
  }
}

declare module '../kernel/parts.store.ts' {
  interface Parts {
    readonly wakeUps: WakeUps;
  }
}

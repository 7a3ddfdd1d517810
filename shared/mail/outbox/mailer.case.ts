import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type SESClient, type SESClientConfig, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { OUTBOX_TAG } from '../fate/mail-event.schema.ts';
import type { Failure } from './message.schema.ts';

/** What SES said to a message. */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** For good: trying again would only be refused again. `reason` is SES's code. */
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Not now: throttled, paused, or a sender not verified yet. It was certainly not sent. */
  | { readonly kind: 'put-off'; readonly reason: string };

/** Of mail to someone who is made up, which is handed to nobody and is no trouble: it would bounce, which SES holds against the account. */
export const TO_NOBODY: MailOutcome = { kind: 'accepted', messageId: 'made-up' };

interface Mailer {
  /** @throws when no answer came: whether the message was sent is unknown */
  readonly send: (mail: {
    readonly raw: Uint8Array;
    readonly to: string;
    readonly outboxId: string;
  }) => Promise<MailOutcome>;
}

const REFUSALS = ['MessageRejected', 'InvalidParameterValue'] as const satisfies readonly Failure[];
type Refusal = (typeof REFUSALS)[number];

/** SES also "rejects" whatever an unverified sender or a sandboxed account sends: the organiser mends that, and then it goes. */
const refusalIn = ({ name, message }: SESServiceException): Refusal | undefined =>
  /not verified/i.test(message) ? undefined : REFUSALS.find((refusal) => refusal === name);

/** @param ses one that does not try again by itself */
export function sesMailer(ses: SESClient, configurationSet: string, sender: string): Mailer {
  return {
    async send({ raw, to, outboxId }) {
      const command = new SendRawEmailCommand({
        Source: sender,
        Destinations: [to],
        RawMessage: { Data: raw },
        ConfigurationSetName: configurationSet,
        Tags: [{ Name: OUTBOX_TAG, Value: outboxId }],
      });
      try {
        const { MessageId } = await ses.send(command);
        return { kind: 'accepted', messageId: MessageId ?? '' };
      } catch (error) {
        // A failure on SES's side may have come after it took the message.
        if (!(error instanceof SESServiceException) || error.$fault === 'server') throw error;
        const refusal = refusalIn(error);
        return refusal ? { kind: 'refused', reason: refusal } : { kind: 'put-off', reason: error.name };
      }
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly mailer: Mailer;
  }
}

/**
 * Connections to SES that are kept for the mails of one batch, and no longer: one that was idle may be closed from the
 * other side in the moment it is used again, and whether that mail left would be unknown for minutes. Between two
 * batches an instance may even be frozen, and learns too late of what was closed meanwhile.
 */
export interface SesConnections {
  readonly requestHandler: NonNullable<SESClientConfig['requestHandler']>;
  /** To be called after the last mail of a batch: closes those that nobody uses just now. */
  readonly closeIdle: () => void;
}

/** Milliseconds for which an answer of SES is awaited: the function has a minute in all. */
const ANSWER_WITHIN = 15_000;
const CONNECT_WITHIN = 3000;

export function sesConnections(answerWithin = ANSWER_WITHIN): SesConnections {
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  return {
    requestHandler: {
      ...agents,
      connectionTimeout: CONNECT_WITHIN,
      requestTimeout: answerWithin,
      throwOnRequestTimeout: true,
    },
    closeIdle() {
      for (const agent of Object.values(agents)) {
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly sesConnections: Pick<SesConnections, 'closeIdle'>;
  }
}

import { type SESClient, SESServiceException, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { OUTBOX_TAG } from '../fate/mail-event.schema.ts';
import type { Failure } from './message.ts';

/** What SES said to a message. */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  /** For good: trying again would only be refused again. `reason` is SES's code. */
  | { readonly kind: 'refused'; readonly reason: Refusal }
  /** Not now: throttled, paused, or a sender not verified yet. It was certainly not sent. */
  | { readonly kind: 'put-off'; readonly reason: string };

export interface Mailer {
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

import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SESClientConfig } from '@aws-sdk/client-ses';

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

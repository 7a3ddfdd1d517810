import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/**
 * Connections to SES that are kept for the mails of one batch, and no longer: one that was idle may be closed from the
 * other side in the moment it is used again, and whether that mail left would be unknown for minutes. Between two
 * batches an instance may even be frozen, and learns too late of what was closed meanwhile.
 */
export interface SesConnections {
  readonly agents: { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent };
  /** To be called after the last mail of a batch: closes those that nobody uses just now. */
  readonly closeIdle: () => void;
}

export function sesConnections(): SesConnections {
  const agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  return {
    agents,
    closeIdle() {
      for (const agent of Object.values(agents)) {
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
  };
}

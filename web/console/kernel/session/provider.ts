import {
  type AuthorizationServer,
  allowInsecureRequests,
  type Client,
  discoveryRequest,
  processDiscoveryResponse,
} from 'oauth4webapi';
import type { ConsoleConfig } from '../../../../shared/kernel/console-config.schema.ts';

/** The OpenID provider and what the console is to it. */
export interface Provider {
  readonly server: AuthorizationServer;
  readonly client: Client;
  /** Separated by spaces. */
  readonly scope: string;
  /** For every request to it. */
  readonly options: { readonly [allowInsecureRequests]: boolean };
}

/** Its issuer comes with the deployment, every other address from the issuer. @throws where either cannot be read */
export async function findProvider(origin: string): Promise<Provider> {
  const answer = await fetch(`${origin}/api/console-config`);
  if (!answer.ok) throw new Error(`the console's configuration was answered with ${answer.status}`);
  const { issuer, clientId, scope } = (await answer.json()) as ConsoleConfig;
  const address = new URL(issuer);
  const options = { [allowInsecureRequests]: isThisMachine(address) };
  const server = await processDiscoveryResponse(address, await discoveryRequest(address, options));
  return { server, client: { client_id: clientId }, scope, options };
}

/** What never leaves a machine needs no TLS; everything else does. */
const isThisMachine = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);

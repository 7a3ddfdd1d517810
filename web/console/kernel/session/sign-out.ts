import { None, revocationRequest } from 'oauth4webapi';
import type { Provider } from './provider.ts';

/** Revokes the refresh token. @returns the provider's page that ends its own session */
export async function signOutAddress(
  { server, client, options }: Provider,
  refreshToken: string | undefined,
  returnTo: string,
): Promise<string> {
  if (refreshToken !== undefined && server.revocation_endpoint !== undefined) {
    // A token that could not be revoked ends by itself; that is no reason to stay signed in.
    await revocationRequest(server, client, None(), refreshToken, options).catch(() => undefined);
  }
  if (server.end_session_endpoint === undefined) return returnTo;
  const address = new URL(server.end_session_endpoint);
  // Cognito knows `logout_uri` only, the standard (OpenID Connect RP-Initiated Logout 1.0) the other.
  for (const [name, value] of Object.entries({
    client_id: client.client_id,
    post_logout_redirect_uri: returnTo,
    logout_uri: returnTo,
  })) {
    address.searchParams.set(name, value);
  }
  return address.href;
}

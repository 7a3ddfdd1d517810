import {
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  None,
  processAuthorizationCodeResponse,
  type TokenEndpointResponse,
  validateAuthResponse,
} from 'oauth4webapi';
import type { Provider } from './provider.ts';

/** What is kept while someone is at the provider's pages. */
export interface Errand {
  readonly state: string;
  readonly nonce: string;
  /** Proves that whoever brings the code is whoever asked for it (PKCE, RFC 7636). */
  readonly verifier: string;
  /** Path and query of the page to come back to. */
  readonly returnTo: string;
}

export const newErrand = (returnTo: string): Errand => ({
  state: generateRandomState(),
  nonce: generateRandomNonce(),
  verifier: generateRandomCodeVerifier(),
  returnTo,
});

/** Where to send the browser. @param redirectUri the one address that the provider sends people back to */
export async function signInAddress(
  { server, client, scope }: Provider,
  { state, nonce, verifier }: Errand,
  redirectUri: string,
): Promise<string> {
  const address = new URL(server.authorization_endpoint ?? '');
  address.search = new URLSearchParams({
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();
  return address.href;
}

/** @throws where the answer is not to this errand, or the provider refuses the code */
export async function redeemCode(
  { server, client, options }: Provider,
  { state, nonce, verifier }: Errand,
  answer: URL,
  redirectUri: string,
): Promise<TokenEndpointResponse> {
  const parameters = validateAuthResponse(server, client, answer, state);
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    None(),
    parameters,
    redirectUri,
    verifier,
    options,
  );
  return processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, requireIdToken: true });
}

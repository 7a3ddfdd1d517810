import type { Handle } from '../kernel/http/handler.case.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { trustedKeys } from './trusted-keys.case.ts';

type Deps = Needs<'formerTicketKeys' | 'ticketKey'>;

/**
 * The keys as JWKs of RFC 8037, the one that signs today first. A key that was withdrawn is not among them, nor comes back: CloudFront keeps
 * no answer, since it hands on what is out of date where nothing newer is to be had.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export const getTicketKeys =
  (deps: Deps): Handle<'getTicketKeys'> =>
  async () => {
    const keys = await trustedKeys(deps);
    return json(200, {
      keys: keys.map(({ id, publicKey }) => ({
        ...({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' } as const),
        kid: id,
        x: publicKey,
      })),
    });
  };

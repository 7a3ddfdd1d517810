import type { Handle } from '../kernel/http/handler.case.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { hex, ticketKeyId } from '../ticket/ticket-key.ts';
import type { CHECKIN_ROUTES } from './devices.routes.ts';
import type { RosterSetup } from './roster/roster.schema.ts';

type Deps = Needs<'formerTicketKeys' | 'ticketKey'>;

/**
 * The keys as JWKs of RFC 8037, the one that signs today first. A key that was withdrawn is not among them, nor comes back: CloudFront keeps
 * no answer, since it hands on what is out of date where nothing newer is to be had.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export const getTicketKeys =
  (deps: Deps): Handle<typeof CHECKIN_ROUTES.getTicketKeys> =>
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

/** What tickets may be signed with (TK5): by the key of today, or by one of those before that nobody withdrew. */
export async function trustedKeys({
  ticketKey,
  formerTicketKeys,
}: Pick<Deps, 'ticketKey' | 'formerTicketKeys'>): Promise<RosterSetup['keys']> {
  const keys = [await ticketKey.publicKey(), ...formerTicketKeys];
  return Promise.all(
    keys.map(async (key) => ({ id: hex(await ticketKeyId(key)), publicKey: Buffer.from(key).toString('base64url') })),
  );
}

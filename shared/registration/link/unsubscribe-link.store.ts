import type { Delegation } from '../../delegation/delegation.schema.ts';
import { isProvenNamed, type LinkName, namedToken, parseNamedToken } from '../../kernel/keys/named-link.store.ts';
import type { Secrets } from '../../kernel/keys/secrets.store.ts';
import { addressIdentity } from '../../kernel/text/email-address.ts';
import type { Registration } from '../registration.schema.ts';
import { parseManageToken } from './manage-link.store.ts';

/** What the token of an unsubscribe link claims to be, before its proof was checked. */
export interface UnsubscribeClaim {
  readonly of: 'registration' | 'delegation';
  readonly eventId: string;
  /** A registration's reference, or the id of a coordinator's delegation. */
  readonly id: string;
  readonly proof: Buffer;
}

/**
 * Names the reader of a registration's mail: another address there makes the links of the one before invalid, so that nobody stops
 * the mail of the person who came in their place. Another manage link does not, for mail that is older has to be stopped too.
 */
export const mailOfRegistration = ({ eventId, reference, email }: MailedRegistration): LinkName => ({
  eventId,
  id: reference,
  link: addressIdentity(email),
});
type MailedRegistration = Pick<Registration, 'eventId' | 'reference' | 'email'>;

/** The same, of the coordinator of a delegation. */
export const mailOfDelegation = ({ eventId, id, link }: Pick<Delegation, 'eventId' | 'id' | 'link'>): LinkName => ({
  eventId,
  id,
  link,
});

/** The token of the link that stops mail which its reader can do without, and does nothing else. It is stored nowhere. */
export const unsubscribeToken = (mail: LinkName, secrets: Secrets): Promise<string> =>
  namedToken('unsubscribe', mail, secrets);

/** Total: anything that is not a token is `undefined`. */
export function parseUnsubscribeToken(token: string): UnsubscribeClaim | undefined {
  const manage = parseManageToken(token);
  if (manage !== undefined) return { of: 'registration', ...manage, id: manage.reference };
  const named = parseNamedToken(token);
  return named && { of: 'delegation', ...named };
}

/** Whether a claim proves itself for a reader's mail. */
export const isProvenUnsubscribe = (claim: UnsubscribeClaim, mail: LinkName, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('unsubscribe', claim, mail, secrets);

import {
  isProvenNamed,
  type Named,
  type NamedClaim,
  namedToken,
  parseNamedToken,
} from '../../kernel/keys/named-link.store.ts';
import type { Secrets } from '../../kernel/keys/secrets.store.ts';

/** The token of the link by which a form that came by mail is confirmed. */
export const confirmToken = (form: Named, secrets: Secrets): Promise<string> =>
  namedToken('confirm-link', form, secrets);

/** Total: anything that is not a token is `undefined`. */
export const parseConfirmToken = (token: string): NamedClaim | undefined => parseNamedToken(token);

/** Whether a claim proves itself for a form as its link is now. */
export const isProvenConfirm = (claim: NamedClaim, form: Named, secrets: Secrets): Promise<boolean> =>
  isProvenNamed('confirm-link', claim, form, secrets);

import type { LinkName } from '../../kernel/keys/named-link.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { mailOfDelegation, mailOfRegistration, unsubscribeToken } from '../../registration/link/manage-link.store.ts';
import type { Registration } from '../../registration/registration.schema.ts';
import { wantsOptional } from '../fate/mail-fate.ts';
import { KINDS, type MailKind } from '../kinds.ts';

type Deps = Needs<'delegations' | 'secrets' | 'siteUrl'>;

/** Whether a mail is wanted by its reader, and where they stop mail like it; no address where they need it. */
export type Unsubscribing = 'opted-out' | { readonly url: string | undefined };

/** The coordinator is the reader for an attendee who is reached through them. */
export async function unsubscribing(deps: Deps, kind: MailKind, registration: Registration): Promise<Unsubscribing> {
  if (!KINDS[kind].optional) return { url: undefined };
  const { eventId, delegation } = registration;
  if (!delegation?.throughCoordinator) return ofReader(deps, registration, mailOfRegistration(registration));
  const read = await deps.delegations.read(eventId, delegation.id);
  return read === undefined ? { url: undefined } : ofReader(deps, read, mailOfDelegation(read));
}

async function ofReader(
  deps: Deps,
  reader: Parameters<typeof wantsOptional>[0],
  mail: LinkName,
): Promise<Unsubscribing> {
  if (!wantsOptional(reader)) return 'opted-out';
  return { url: `${deps.siteUrl}/u/${await unsubscribeToken(mail, deps.secrets)}` };
}

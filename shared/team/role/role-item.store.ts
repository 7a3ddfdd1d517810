import * as z from 'zod';
import { field, type Output, stored } from '../../kernel/stored.schema.ts';
import { roleGrant } from './organiser-role.schema.ts';

const ITEM_VERSION = 1;

/** Someone with roles in an event. */
export const storedRole = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'team', 'published'),
  sk: field(z.string(), 'team', 'published'),
  grants: field(z.array(roleGrant()), 'team', 'published'),
  /** What the inviter calls them: the provider's names for them stay with the provider. */
  label: field(z.string().optional(), 'team', 'published'),
  /** The member who invited them first; absent where the system's operator did. */
  invitedBy: field(z.string().optional(), 'team', 'published'),
  /** The invitation that was redeemed last: redeeming it again succeeds again. */
  invitation: field(z.string().optional(), 'team', 'published'),
  /** Where they are told each day on which anyone waits for their decision: the address that their invitation went to. */
  email: field(z.string().optional(), 'team', 'published'),
  /** Of those mails. */
  language: field(z.string().optional(), 'team', 'published'),
  /** That their roles should be taken back, until a second person says so too. */
  removal: field(said().optional(), 'team', 'published'),
  /** That their second factor should be reset, or was reset last. */
  factorReset: field(
    said()
      .extend({
        reason: z.string().optional(),
        elsewhere: z.object({ events: z.array(z.string()), at: z.string() }).optional(),
        subject: z.string().optional(),
        done: said().optional(),
      })
      .optional(),
    'team',
    'published',
  ),
  /** ISO 8601 instant. */
  createdAt: field(z.string(), 'team', 'published'),
  /** Rises with each change. */
  revision: field(z.int(), 'team', 'published'),
}));
export interface Member extends Omit<Output<typeof storedRole>, 'v' | 'sk'> {
  /** See `member-id.ts`. */
  readonly id: string;
}

/** Who said it, and when. */
const said = () => z.object({ by: z.string(), at: z.string() });

export const toRoleAttributes = ({ id: _, ...member }: Member) => ({ v: ITEM_VERSION, ...member });

/** @throws ZodError when the table holds something else */
export function fromRoleItem(item: Record<string, unknown>): Member {
  const { v: _, sk: id, ...member } = storedRole().parse(item);
  return { id, ...member };
}

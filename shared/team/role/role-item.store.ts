import * as z from 'zod';
import { field, stored } from '../../kernel/stored.schema.ts';
import type { FactorReset } from '../second-factor/factor-reset.ts';
import { roleGrant } from './organiser-role.schema.ts';
import type { RoleGrant } from './organiser-role.ts';
import type { Removal } from './role-rule.ts';

/** Someone with roles in an event. */
export interface Member {
  /** See `member-id.store.ts`. */
  readonly id: string;
  readonly grants: readonly RoleGrant[];
  /** What the inviter calls them: the provider's names for them stay with the provider. */
  readonly label?: string | undefined;
  /** The member who invited them first; absent where the system's operator did. */
  readonly invitedBy?: string | undefined;
  /** The invitation that was redeemed last: redeeming it again succeeds again. */
  readonly invitation?: string | undefined;
  /** Where they are told each day on which anyone waits for their decision: the address that their invitation went to. */
  readonly email?: string | undefined;
  /** Of those mails. */
  readonly language?: string | undefined;
  /** That their roles should be taken back, until a second person says so too. */
  readonly removal?: Removal | undefined;
  /** That their second factor should be reset, or was reset last. */
  readonly factorReset?: FactorReset | undefined;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  /** Rises with each change. */
  readonly revision: number;
}

const ITEM_VERSION = 1;

export const storedRole = stored(() => ({
  v: field(z.literal(ITEM_VERSION), 'team', 'published'),
  sk: field(z.string(), 'team', 'published'),
  grants: field(z.array(roleGrant()), 'team', 'published'),
  label: field(z.string().optional(), 'team', 'published'),
  invitedBy: field(z.string().optional(), 'team', 'published'),
  invitation: field(z.string().optional(), 'team', 'published'),
  email: field(z.string().optional(), 'team', 'published'),
  language: field(z.string().optional(), 'team', 'published'),
  removal: field(said().optional(), 'team', 'published'),
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
  createdAt: field(z.string(), 'team', 'published'),
  revision: field(z.int(), 'team', 'published'),
}));

/** Who said it, and when. */
const said = () => z.object({ by: z.string(), at: z.string() });

export const toRoleAttributes = ({ id: _, ...member }: Member) => ({ v: ITEM_VERSION, ...member });

/** @throws ZodError when the table holds something else */
export function fromRoleItem(item: Record<string, unknown>): Member {
  const { v: _, sk: id, ...member } = storedRole().parse(item);
  return { id, ...member };
}

/** What a person does at the event; it has nothing to do with the stakeholder group they belong to. */
export const ROLES = [
  'attendee',
  'speaker',
  'chair',
  'interpreter',
  'chaperone',
  'volunteer',
  'technician',
  'protocol',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * What shows whose a registration is: its attendee pressed a button reached from mail to its address, their ticket was scanned, or
 * a person vouches for them: who approved, added or corrected them, a coordinator, a desk, or a guardian.
 */
export const PROOFS = ['mail', 'ticket', 'vouched'] as const;
export type ProofKind = (typeof PROOFS)[number];

/** Roles that an organiser gives to a person whom they add; chaperones come through the minors whom they look after. */
export const ROLES_OUTSIDE_QUOTAS = [
  'speaker',
  'chair',
  'interpreter',
  'volunteer',
  'technician',
  'protocol',
] as const satisfies readonly Role[];

/** Who changed a registration: the holder of its link, a coordinator, a desk, the system by itself, or a member by their id. */
export const CHANGERS = ['holder', 'coordinator', 'desk', 'system', 'member'] as const;
export type Changer = Exclude<(typeof CHANGERS)[number], 'member'> | { readonly id: string };

/** What changed besides, of which nothing is kept but that it did: a former address may be another person's (AU4). */
export const RENEWED = [
  'address',
  'ticket',
  'link',
  'certificate',
  'tags',
  'optional-mail',
  'online-meanwhile',
] as const;
export type Renewed = (typeof RENEWED)[number];

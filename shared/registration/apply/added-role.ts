import type { Role } from '../registration.ts';

/** Roles that an organiser gives to someone whom they add; chaperones come through the children whom they look after. */
export const ROLES_OUTSIDE_QUOTAS = [
  'speaker',
  'chair',
  'interpreter',
  'volunteer',
  'technician',
  'protocol',
] as const satisfies readonly Role[];

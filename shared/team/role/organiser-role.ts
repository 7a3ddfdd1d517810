import { type ForRoles, ORGANISER_ROLES, type OrganiserRole } from '../../kernel/route.ts';
import type { RoleGrant } from './organiser-role.schema.ts';

/** What a focal point's reach is measured against. */
export interface Represented {
  readonly country: string;
  readonly organisation: string;
}

/** Whether grants hold any of the roles that a route names; a deputy's does not count. */
export const holdsAny = (grants: readonly RoleGrant[], roles: readonly OrganiserRole[]): boolean =>
  grants.some(({ role, deputy }) => deputy !== true && roles.includes(role));

/** Whether grants open a route. */
export const mayPass = (grants: readonly RoleGrant[], { roles, deputies }: ForRoles): boolean =>
  roles === 'signed-in' || holdsAny(grants, roles) || (deputies === true && isDeputy(grants));

export const isDeputy = (grants: readonly RoleGrant[]): boolean => grants.some(({ deputy }) => deputy === true);

/** Whether a member may decide on a registration: organisers on any, a focal point on those of their own. */
export const mayDecideOn = (grants: readonly RoleGrant[], registration: Represented): boolean =>
  grants.some((grant) => grant.role === 'organiser' || (grant.role === 'focal-point' && reaches(grant, registration)));

/** What of a registration says whether a member may see it. */
export interface Seen extends Represented {
  readonly ageBand?: 'minor' | undefined;
}

/**
 * Whether a member may see a registration. A minor is seen by those only who look after children or run the event,
 * and were vetted until its end: in no list, page or file of anyone else.
 *
 * @param lastDay of the event: `2027-11-03`
 */
export const maySee = (grants: readonly RoleGrant[], registration: Seen, lastDay: string): boolean =>
  registration.ageBand === 'minor' ? maySeeMinors(grants, lastDay) : mayDecideOn(grants, registration);

const SEES_CHILDREN: readonly OrganiserRole[] = ['safeguarding', 'organiser'];

/** Whether a member may see minors at all (CS13). */
export const maySeeMinors = (grants: readonly RoleGrant[], lastDay: string): boolean =>
  isVetted(grants, SEES_CHILDREN, lastDay);

/** Whether a member holds one of these roles and was vetted for it until the event's end. */
export const isVetted = (grants: readonly RoleGrant[], roles: readonly OrganiserRole[], lastDay: string): boolean =>
  grants.some((grant) => holdsAny([grant], roles) && (grant.vettedUntil ?? '') >= lastDay);

/** Whether a member may read what was reported: who looks after children and was vetted for it, and every deputy. */
export const mayReadReports = (grants: readonly RoleGrant[], lastDay: string): boolean =>
  isDeputy(grants) || isVetted(grants, ['safeguarding'], lastDay);

function reaches({ countries = [], organisations = [] }: RoleGrant, { country, organisation }: Represented): boolean {
  return countries.includes(country) || organisations.some((each) => isSameName(each, organisation));
}

/**
 * Two grants of the same role reach as far as both of them together. A deputy's stays a deputy's, whichever comes first:
 * a deputy who is to be more than that gives the roles back and is invited anew.
 */
export function mergeGrants(held: readonly RoleGrant[], added: readonly RoleGrant[]): readonly RoleGrant[] {
  const all = [...held, ...added];
  return ORGANISER_ROLES.filter((each) => all.some(({ role }) => role === each)).map((role) => {
    const same = all.filter((grant) => grant.role === role);
    return {
      role,
      ...nonEmpty('countries', same),
      ...nonEmpty('organisations', same),
      ...latest(same.flatMap(({ vettedUntil }) => vettedUntil ?? [])),
      ...(isDeputy(same) && { deputy: true }),
    };
  });
}

function nonEmpty(name: 'countries' | 'organisations', grants: readonly RoleGrant[]) {
  const all = [...new Set(grants.flatMap((grant) => grant[name] ?? []))];
  return all.length === 0 ? {} : { [name]: all };
}

/** ISO dates sort as text. */
const latest = (dates: readonly string[]) => (dates.length === 0 ? {} : { vettedUntil: [...dates].sort().at(-1) });

/** People write the name of their organisation with capitals or without. */
const isSameName = (a: string, b: string): boolean => comparable(a) === comparable(b);
const comparable = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

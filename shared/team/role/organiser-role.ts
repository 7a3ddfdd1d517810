import type { ForTicks, Tick } from '../../kernel/route.ts';
import { organisationGroup } from '../../kernel/text/text.ts';
import { instantOf, localDate } from '../../kernel/text/zoned-time.ts';
import type { RoleGrant, ShownGrant } from './organiser-role.schema.ts';
import { ORGANISER_ROLES, ROLES_SHOWN, runsEvent, ticksOf } from './ticks.ts';

/** What an approver's reach is measured against. */
export interface Represented {
  readonly country: string;
  readonly organisation: string;
  readonly category: string;
}

/** Whether a grant is past its end. */
export const hasEnded = ({ endsAt }: Pick<RoleGrant, 'endsAt'>, now: Date): boolean =>
  endsAt !== undefined && Date.parse(endsAt) <= now.getTime();

/** The last day on which a grant gives what it gives, at the event, and when it ends that is to give it until then. */
export const lastDayOf = ({ endsAt }: { readonly endsAt: string }, timeZone: string): string =>
  localDate(new Date(Date.parse(endsAt) - 1), timeZone);
export function endAfter(day: string, timeZone: string): string {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return instantOf(next, '00:00', timeZone).toISOString();
}
const DAY = 24 * 60 * 60 * 1000;

/** Whether grants hold any of these ticks; a deputy's holds none. */
export const holdsAny = (grants: readonly RoleGrant[], ticks: readonly Tick[]): boolean =>
  grants.some((grant) => ticksOf(grant).some((tick) => ticks.includes(tick)));

/** Whether grants open a route. */
export const mayPass = (grants: readonly RoleGrant[], { ticks, deputies }: ForTicks): boolean =>
  ticks === 'signed-in' || holdsAny(grants, ticks) || (deputies === true && isDeputy(grants));

export const isDeputy = (grants: readonly RoleGrant[]): boolean => grants.some(({ deputy }) => deputy === true);

/** Whether members who read what is said about the secretariat would be of it: so is one who decides on everyone, as no approver does. */
export const isOfSecretariat = (grants: readonly RoleGrant[]): boolean =>
  grants.some(runsEvent) || holdsForAll(grants, ['decide', 'change-people']);

/** Whether one grant has any of these ticks and reaches a registration: what two grants say of different people is not added up. */
export const reaches = (grants: readonly RoleGrant[], ticks: readonly Tick[], registration: Represented): boolean =>
  grants.some((grant) => holdsAny([grant], ticks) && isWithin(grant, registration));

/** Whether a grant has any of these ticks for the whole event. */
export const holdsForAll = (grants: readonly RoleGrant[], ticks: readonly Tick[]): boolean =>
  grants.some((grant) => holdsAny([grant], ticks) && !isLimited(grant));

/** Whether a grant is for some of the people only. */
export const isLimited = ({ role, countries = [], organisations = [], categories = [] }: RoleGrant): boolean =>
  role === 'focal-point' || countries.length + organisations.length + categories.length > 0;

/** By what a registration is within or beyond reach, of what limits the grants that have any of these ticks. */
export function limitedBy({
  grants,
  ticks,
}: {
  readonly grants: readonly RoleGrant[];
  readonly ticks: readonly Tick[];
}) {
  const limits = { country: 'countries', organisation: 'organisations', category: 'categories' } as const;
  const all = Object.keys(limits) as (keyof typeof limits)[];
  const having = grants.filter((grant) => holdsAny([grant], ticks));
  const limiting = all.filter((field) => having.some((grant) => (grant[limits[field]] ?? []).length > 0));
  return limiting.length > 0 ? limiting : all;
}

/** Whether a member may decide on a registration: organisers on any, an approver on those of their own. */
export const mayDecideOn = (grants: readonly RoleGrant[], registration: Represented): boolean =>
  reaches(grants, ['decide'], registration);

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
  registration.ageBand === 'minor' ? maySeeMinors(grants, lastDay) : reaches(grants, ['see-people'], registration);

/** Whether a member may see minors at all (CS13). */
export const maySeeMinors = (grants: readonly RoleGrant[], lastDay: string): boolean =>
  isVetted(grants, ['see-minors'], lastDay);

/** Whether a member holds one of these ticks by a grant for which they were vetted until the event's end. */
export const isVetted = (grants: readonly RoleGrant[], ticks: readonly Tick[], lastDay: string): boolean =>
  grants.some((grant) => holdsAny([grant], ticks) && (grant.vettedUntil ?? '') >= lastDay);

/** Whether a member may read what was reported: who looks after children and was vetted for it, and every deputy. */
export const mayReadReports = (grants: readonly RoleGrant[], lastDay: string): boolean =>
  isDeputy(grants) || isVetted(grants, ['safeguarding'], lastDay);

function isWithin(grant: RoleGrant, { country, organisation, category }: Represented): boolean {
  const { countries = [], organisations = [], categories = [] } = grant;
  if (!isLimited(grant)) return true;
  const name = organisationGroup(organisation);
  return (
    countries.includes(country) ||
    categories.includes(category) ||
    organisations.some((each) => each === organisation || (name !== '' && organisationGroup(each) === name))
  );
}

/**
 * Two grants of the same set and end reach as far as both of them together; of ticks by choice each stays as it was given, or what one lets do
 * would reach as far as another. A deputy's stays a deputy's, whichever comes first: a deputy who is to be more than that gives the roles
 * back and is invited anew.
 */
export function mergeGrants(held: readonly RoleGrant[], added: readonly RoleGrant[]): readonly RoleGrant[] {
  const all = [...held, ...added];
  const chosen = all.filter(({ role }) => role === 'custom');
  const isFirst = (grant: RoleGrant, at: number): boolean =>
    chosen.findIndex((each) => JSON.stringify(each) === JSON.stringify(grant)) === at;
  const sets = ORGANISER_ROLES.filter((each) => each !== 'custom').flatMap((role) => {
    const same = all.filter((grant) => grant.role === role);
    // What ends at another time stays apart, or what one reaches would be reached as long as another lasts.
    const ends = [...new Set(same.map(({ endsAt }) => endsAt))];
    return ends.map((end) => merged(role, same, end));
  });
  return [...sets, ...chosen.filter(isFirst)];
}

function merged(role: RoleGrant['role'], all: readonly RoleGrant[], endsAt: string | undefined): RoleGrant {
  const same = all.filter((grant) => grant.endsAt === endsAt);
  return {
    role,
    ...(endsAt !== undefined && { endsAt }),
    ...nonEmpty('countries', same),
    ...nonEmpty('organisations', same),
    ...nonEmpty('categories', same),
    ...latest(same.flatMap(({ vettedUntil }) => vettedUntil ?? [])),
    ...(isDeputy(all) && { deputy: true }),
  };
}

function nonEmpty(name: 'countries' | 'organisations' | 'categories', grants: readonly RoleGrant[]) {
  const all = [...new Set(grants.flatMap((grant) => grant[name] ?? []))];
  return all.length === 0 ? {} : { [name]: all };
}

/** ISO dates sort as text. */
const latest = (dates: readonly string[]) => (dates.length === 0 ? {} : { vettedUntil: [...dates].sort().at(-1) });

/** Grants as every console knows them: by a name that the first release has not, and that opens nothing there, what came later. */
export const shownGrants = (grants: readonly RoleGrant[]): readonly ShownGrant[] =>
  grants.map(({ role, ...grant }) => {
    const known = ROLES_SHOWN.find((each) => each === role);
    return known === undefined ? { ...grant, role: 'focal-point', set: role } : { ...grant, role: known };
  });

/** What grants are that were shown so. */
export const grantsShown = (shown: readonly ShownGrant[]): readonly RoleGrant[] =>
  shown.map(({ set, ...grant }) => (set === undefined ? grant : { ...grant, role: set }));

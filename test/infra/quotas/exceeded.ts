import { type AwsQuota, allowanceOf, at, STAGES, type StackTemplate, type TemplateResource } from './quota.ts';
import { QUOTAS, STACK_QUOTAS } from './table.ts';

type Templates = Readonly<Record<string, StackTemplate>>;

interface Placed {
  /** `Web/SitePages600CC8A7` */
  readonly place: string;
  readonly resource: TemplateResource;
}

/**
 * What templates use above their share of AWS's quotas.
 *
 * @param templates of all stacks of a system, by name
 * @returns a line each: `Web/SitePages600CC8A7 uses 17 of 10: Query strings per cache policy`
 */
export function exceededQuotas(templates: Templates): string[] {
  const placed = placedIn(templates);
  return [
    ...Object.entries(templates).flatMap(([stack, template]) =>
      STACK_QUOTAS.flatMap((quota) => lineIfAbove(stack, quota.used(template), quota)),
    ),
    ...Object.entries(QUOTAS).flatMap(([type, quotas]) => {
      const ofType = placed.filter(({ resource }) => resource.Type === type);
      return quotas.flatMap((quota) => exceededBy(ofType, quota));
    }),
  ];
}

/** Types of resources in templates, sorted. */
export const typesIn = (templates: Templates): string[] =>
  [...new Set(placedIn(templates).map(({ resource }) => resource.Type))].sort();

const placedIn = (templates: Templates): Placed[] =>
  Object.entries(templates).flatMap(([stack, { Resources = {} }]) =>
    Object.entries(Resources).map(([id, resource]) => ({ place: `${stack}/${id}`, resource })),
  );

function exceededBy(placed: readonly Placed[], quota: AwsQuota): string[] {
  const used = new Map<string, number>();
  for (const { place, resource } of placed) {
    const user = userOf(quota, place, resource);
    used.set(user, (used.get(user) ?? 0) + quota.used(resource) * (quota.scope === 'account' ? STAGES : 1));
  }
  return [...used].flatMap(([user, amount]) => lineIfAbove(user, amount, quota));
}

function userOf({ scope, parent }: AwsQuota, place: string, { Properties }: TemplateResource): string {
  if (scope === 'account') return 'the account';
  return scope === 'resource' ? place : `${parent} ${JSON.stringify(at(Properties, parent ?? ''))}`;
}

const lineIfAbove = (user: string, used: number, quota: Pick<AwsQuota, 'name' | 'limit'>): string[] =>
  used > allowanceOf(quota) ? [`${user} uses ${used} of ${quota.limit}: ${quota.name}`] : [];

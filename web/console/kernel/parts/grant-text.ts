import type { RoleGrant } from '../../../../shared/team/role/organiser-role.ts';
import { countryName } from '../../names.ts';
import { words } from '../../words.ts';

/** A role and how far it reaches: `Focal point for Cambodia`. */
export function grantText({ role, countries = [], organisations = [], vettedUntil, deputy }: RoleGrant): string {
  const reach = [...countries.map(countryName), ...organisations].join(', ');
  const name = words.organiserRole[deputy ? 'deputy' : role];
  return [
    reach === '' ? name : words.people.reach(name, reach),
    ...(vettedUntil === undefined ? [] : [words.people.vetted(vettedUntil)]),
  ].join(', ');
}

import type { RoleGrant } from '../../../shared/domain/organiser-role.ts';
import { countryName } from '../names.ts';
import { words } from '../words.ts';

/** A role and how far it reaches: `Focal point for Cambodia`. */
export function grantText({ role, countries = [], organisations = [], vettedUntil }: RoleGrant): string {
  const reach = [...countries.map(countryName), ...organisations].join(', ');
  return [
    reach === '' ? words.organiserRole[role] : words.people.reach(words.organiserRole[role], reach),
    ...(vettedUntil === undefined ? [] : [words.people.vetted(vettedUntil)]),
  ].join(', ');
}

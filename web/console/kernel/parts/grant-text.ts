import type { RoleGrant } from '../../../../shared/team/role/organiser-role.ts';
import { countryName } from '../../names.ts';
import { t } from '../../words.ts';

/** A role and how far it reaches: `Focal point for Cambodia`. */
export function grantText({ role, countries = [], organisations = [], vettedUntil, deputy }: RoleGrant): string {
  const reach = [...countries.map(countryName), ...organisations].join(', ');
  const name = t(`organiserRole.${deputy ? 'deputy' : role}`);
  return [
    reach === '' ? name : t('people.reach', { role: name, of: reach }),
    ...(vettedUntil === undefined ? [] : [t('people.vetted', { date: vettedUntil })]),
  ].join(', ');
}

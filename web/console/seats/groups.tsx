import { words } from '../words.ts';
import { groupName, type Quota } from './quota.ts';

/** Of a quota per organisation or country: each that has seats or waits for one, the fullest first. */
export function Groups({ quota: { per, groups = [], capacity } }: { readonly quota: Quota }) {
  if (per === undefined || groups.length === 0) return null;
  return (
    <details>
      <summary>{words.seats.showGroups[per](groups.length)}</summary>
      <table class="seats">
        <thead>
          <tr>
            <th scope="col">{words.seats.group[per]}</th>
            <th scope="col">{words.seats.taken}</th>
            <th scope="col">{words.seats.waiting}</th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group, place) => (
            <tr key={group.name || place}>
              <th scope="row">{groupName(per, group)}</th>
              <td class={group.overfull ? 'over' : undefined}>{words.seats.of(group.taken, capacity)}</td>
              <td>{group.waiting}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

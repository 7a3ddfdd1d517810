import { useDesk } from '../../desk.ts';
import { categoryName } from '../../names.ts';
import { words } from '../../words.ts';
import type { BadgeData } from './badge.tsx';

/** Everyone on paper, for a door without a phone that works: with room for what has to be written down. */
export function DoorList({ people }: { readonly people: readonly BadgeData[] }) {
  const { event } = useDesk();
  const { list } = words.badges;
  return (
    <table class="door-list">
      <thead>
        <tr>
          <th scope="col">{list.came}</th>
          <th scope="col">{list.name}</th>
          <th scope="col">{list.organisation}</th>
          <th scope="col">{list.category}</th>
          <th scope="col">{list.reference}</th>
          <th scope="col">{list.temporary}</th>
          <th scope="col">{list.time}</th>
        </tr>
      </thead>
      <tbody>
        {people.map(({ reference, name, nativeName, organisation, category }) => (
          <tr key={reference}>
            <td>☐</td>
            <th scope="row">{[name, nativeName].filter(Boolean).join(' · ')}</th>
            <td>{organisation}</td>
            <td>{category && categoryName(event, category)}</td>
            <td class="code">{reference}</td>
            <td />
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

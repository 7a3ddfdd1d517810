import { useDesk } from '../../desk.ts';
import { categoryName, when, zoneName } from '../../names.ts';
import { t } from '../../words.ts';
import type { BadgeData } from './badge.tsx';

/** Everyone on paper, for a door without a phone that works: with room for what has to be written down. */
export function DoorList({ people }: { readonly people: readonly BadgeData[] }) {
  const { event, now } = useDesk();
  return (
    <>
      <p class="paper">{event.title}</p>
      <p class="hint">
        {t('catering.asOf', { instant: when(event, new Date(now()).toISOString()), zone: zoneName(event) })}{' '}
        {t('badges.list.explain')}
      </p>
      <table class="door-list stacked">
        <thead>
          <tr>
            <th scope="col" class="tick">
              {t('badges.list.came')}
            </th>
            <th scope="col">{t('badges.list.name')}</th>
            <th scope="col">{t('badges.list.organisation')}</th>
            <th scope="col" class="group">
              {t('badges.list.category')}
            </th>
            <th scope="col" class="short">
              {t('badges.list.reference')}
            </th>
            <th scope="col" class="short">
              {t('badges.list.temporary')}
            </th>
            <th scope="col" class="short">
              {t('badges.list.time')}
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ reference, name, nativeName, organisation, category }) => (
            <tr key={reference}>
              <td class="tick">☐</td>
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
    </>
  );
}

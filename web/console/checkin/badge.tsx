import { useDesk } from '../desk.ts';
import { Qr } from '../kernel/parts/qr.tsx';
import type { AnswerOf } from '../kernel/routes.ts';
import { categoryName, countryText, when, zoneName } from '../names.ts';
import { t } from '../words.ts';

export type BadgeData = AnswerOf<'GET /api/organiser/events/{eventId}/badges'>['badges'][number];

/** As many as there are colours; beyond them, groups share one, and the word tells them apart. */
const COLOURS = 8;
/** Characters of a name from which it is set smaller, so that it stays on the badge. */
const LONG = 16;
const VERY_LONG = 30;

/** One badge: the name first, and so large that it is read at arm's length. Nothing is told by colour alone. */
export function BadgeCard({ of }: { readonly of: BadgeData }) {
  const { event } = useDesk();
  const colour = event.categories.findIndex(({ id }) => id === of.category) % COLOURS;
  const length = [...of.name].length;
  const size = length >= VERY_LONG ? 'very-long' : length >= LONG ? 'long' : '';
  return (
    <li class={`badge ${of.category === undefined ? 'plain' : `colour-${colour}`}`}>
      <p class="band">
        {of.category !== undefined && categoryName(event, of.category)}
        {of.role && <b>{t(`role.${of.role}`)}</b>}
      </p>
      <div class="who">
        {of.honorific && <p class="honorific">{of.honorific}</p>}
        <p class={`name ${size}`}>{of.name}</p>
        {of.nativeName && <p class="native">{of.nativeName}</p>}
        {of.position && <p class="position">{of.position}</p>}
        {of.organisation && <p class="organisation">{of.organisation}</p>}
        {of.country && <p class="country">{countryText(of.country)}</p>}
      </div>
      <div class="foot">
        <Qr text={of.code} label={t('badges.code', { name: of.name })} />
        <div>
          {of.noPhoto && <p class="no-photo">{t('badges.noPhoto')}</p>}
          <p class="event">{event.title}</p>
          <p class="code">{of.reference}</p>
        </div>
      </div>
    </li>
  );
}

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

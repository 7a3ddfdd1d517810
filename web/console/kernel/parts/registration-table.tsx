import { asHeld } from '../../../../shared/event/event-standing.ts';
import { isWrittenTo } from '../../../../shared/mail/fate/mail-fate.ts';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { registrationAddress } from '../../addresses.ts';
import { type PublicEvent, useDesk } from '../../desk.ts';
import { categoryName, countryText, when } from '../../names.ts';
import type { KnownPerson } from '../../registration/people.ts';
import { t } from '../../words.ts';
import { TableHead } from './facts.tsx';

interface WaitingTableProps {
  readonly rows: readonly KnownPerson[];
  readonly isOverdue: (person: KnownPerson) => boolean;
}

/** Who waits for a decision, and since when: a table where there is room, a card for each person on a phone (by CSS). */
export function WaitingTable({ rows, isOverdue }: WaitingTableProps) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead
        columns={[t('row.name'), t('row.organisation'), t('row.category'), t('row.status'), t('row.pendingSince')]}
      />
      <tbody>
        {rows.map((row) => (
          <tr key={row.reference}>
            <th scope="row">
              <a href={registrationAddress(event.id, row.reference)}>{row.fullName}</a>
            </th>
            <td>
              {row.organisation}
              <small>{countryText(event, row.country)}</small>
            </td>
            <td>
              {categoryName(event, row.category)}
              <small>
                {[modeText(heldMode(event, row)), row.role !== 'attendee' && t(`role.${row.role}`)]
                  .filter(Boolean)
                  .join(', ')}
              </small>
            </td>
            <td>
              <Status of={row} />
              {row.isWalkIn && <span class="tag">{t('row.walkIn')}</span>}
              {isOverdue(row) && <span class="tag overdue">{t('row.overdue')}</span>}
            </td>
            <td class="time">{when(event, row.pendingSince ?? row.submittedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Mode = Pick<OrganiserRegistration, 'mode' | 'wished'>;

/** How someone takes part in the event as it takes place, with what they had asked for where that is another way. */
export function heldMode(event: Pick<PublicEvent, 'status'>, person: Pick<KnownPerson, 'mode'>): Mode {
  const { mode } = asHeld(event, person);
  return mode === person.mode ? { mode } : { mode, wished: person.mode };
}

/** How someone takes part, and how they had asked to where the event has moved online since. */
export const modeText = ({ mode, wished }: Mode): string =>
  wished ? `${t(`mode.${mode}`)} (${t(`wished.${wished}`)})` : t(`mode.${mode}`);

export const Status = ({
  of: { status, ageBand, mail },
}: {
  readonly of: Pick<OrganiserRegistration, 'status' | 'ageBand' | 'mail'>;
}) => (
  <>
    <span class={`tag ${status}`}>{t(`status.${status}`)}</span>
    {ageBand === 'minor' && <span class="tag minor">{t('common.minor')}</span>}
    {mail && isWrittenTo({ status }) && <span class="tag unreachable">{t(`row.unreachable.${mail}`)}</span>}
  </>
);

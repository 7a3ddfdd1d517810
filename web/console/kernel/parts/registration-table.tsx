import { isWrittenTo } from '../../../../shared/mail/fate/mail-fate.ts';
import { registrationAddress } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { categoryName, countryText, when } from '../../names.ts';
import { t } from '../../words.ts';
import type { AnswerOf } from '../api.ts';
import { TableHead } from './facts.tsx';

export type Row = AnswerOf<'GET /api/organiser/events/{eventId}/registrations'>['registrations'][number];

interface RegistrationTableProps {
  readonly rows: readonly Row[];
  /** Which of its times a row shows. */
  readonly since?: 'submittedAt' | 'pendingSince';
  /** What was searched for, which the way back from a row leads to. */
  readonly list?: Readonly<Record<string, string>>;
}

/** A table where there is room, a card for each person on a phone (by CSS). */
export function RegistrationTable({ rows, since = 'submittedAt', list }: RegistrationTableProps) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead
        columns={[t('row.name'), t('row.organisation'), t('row.category'), t('row.status'), t(`row.${since}`)]}
      />
      <tbody>
        {rows.map((row) => (
          <tr key={row.reference}>
            <th scope="row">
              <a href={registrationAddress(event.id, row.reference, list)}>{row.fullName}</a>
              <small>{row.email || t('row.noEmail')}</small>
            </th>
            <td>
              {row.organisation}
              <small>{countryText(event, row.country)}</small>
            </td>
            <td>
              {categoryName(event, row.category)}
              <small>
                {[modeText(row), row.role !== 'attendee' && t(`role.${row.role}`)].filter(Boolean).join(', ')}
              </small>
            </td>
            <td>
              <Status of={row} />
              {row.walkIn && <span class="tag">{t('row.walkIn')}</span>}
              {row.overdue && <span class="tag overdue">{t('row.overdue')}</span>}
            </td>
            <td class="time">{when(event, row[since] ?? row.submittedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How someone takes part, and how they had asked to where the event has moved online since. */
export const modeText = ({ mode, wished }: Pick<Row, 'mode' | 'wished'>): string =>
  wished ? `${t(`mode.${mode}`)} (${t(`wished.${wished}`)})` : t(`mode.${mode}`);

export const Status = ({
  of: { status, ageBand, mail },
}: {
  readonly of: Pick<Row, 'status' | 'ageBand' | 'mail'>;
}) => (
  <>
    <span class={`tag ${status}`}>{t(`status.${status}`)}</span>
    {ageBand === 'minor' && <span class="tag minor">{t('common.minor')}</span>}
    {mail && isWrittenTo({ status }) && <span class="tag unreachable">{t(`row.unreachable.${mail}`)}</span>}
  </>
);

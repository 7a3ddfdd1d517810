import { registrationPage } from '../addresses.ts';
import type { AnswerOf } from '../api/routes.ts';
import { useDesk } from '../desk.ts';
import { categoryName, countryName, when } from '../names.ts';
import { words } from '../words.ts';

export type Row = AnswerOf<'GET /api/organiser/events/{eventId}/registrations'>['registrations'][number];

/** A table where there is room, a card for each person on a phone (by CSS). */
export function RegistrationTable({ rows }: { readonly rows: readonly Row[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{words.row.name}</th>
          <th scope="col">{words.row.organisation}</th>
          <th scope="col">{words.row.category}</th>
          <th scope="col">{words.row.status}</th>
          <th scope="col">{words.row.submitted}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.reference}>
            <th scope="row">
              <a href={registrationPage(event.id, row.reference)}>{row.fullName}</a>
              <small>{row.email}</small>
            </th>
            <td>
              {row.organisation}
              <small>{countryName(row.country)}</small>
            </td>
            <td>
              {categoryName(event, row.category)}
              <small>
                {[words.mode[row.mode], row.role !== 'attendee' && words.role[row.role]].filter(Boolean).join(', ')}
              </small>
            </td>
            <td>
              <Status of={row} />
              {row.overdue && <span class="tag overdue">{words.row.overdue}</span>}
            </td>
            <td class="time">{when(event, row.submittedAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type StatusProps = Pick<Row, 'status' | 'ageBand'> & { readonly overdue?: boolean };

export const Status = ({ of: { status, ageBand, overdue } }: { readonly of: StatusProps }) => (
  <>
    <span class={`tag ${status}`}>{words.status[status]}</span>
    {overdue && <span class="tag overdue">{words.overdue}</span>}
    {ageBand === 'minor' && <span class="tag minor">{words.minor}</span>}
  </>
);

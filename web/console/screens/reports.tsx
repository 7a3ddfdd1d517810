import { displayReference } from '../../../shared/domain/reference.ts';
import { reportPage } from '../addresses.ts';
import type { AnswerOf } from '../api/routes.ts';
import { useDesk, useRead } from '../desk.ts';
import { when } from '../names.ts';
import { Heading } from '../parts/heading.tsx';
import { Show } from '../parts/show.tsx';
import { words } from '../words.ts';
import { ReportState } from './report/report-state.tsx';

type Row = AnswerOf<'GET /api/organiser/events/{eventId}/reports'>['reports'][number];

/** What arrived, and nothing of what it says: those that are not handled first, each newest first. */
export function Reports() {
  const { api, event } = useDesk();
  const read = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/reports', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.reports.title}</Heading>
      <p>{words.reports.explain}</p>
      <p>{words.reports.recorded}</p>
      <Show of={read}>
        {({ reports }) =>
          reports.length === 0 ? <p class="empty">{words.reports.none}</p> : <ReportTable rows={openFirst(reports)} />
        }
      </Show>
    </>
  );
}

const openFirst = (rows: readonly Row[]): readonly Row[] => [
  ...rows.filter(({ state }) => state !== 'handled'),
  ...rows.filter(({ state }) => state === 'handled'),
];

function ReportTable({ rows }: { readonly rows: readonly Row[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{words.reports.reference}</th>
          <th scope="col">{words.reports.received}</th>
          <th scope="col">{words.reports.state}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ reference, receivedAt, state }) => (
          <tr key={reference}>
            <th scope="row">
              <a class="code" href={reportPage(event.id, reference)}>
                {displayReference(reference)}
              </a>
            </th>
            <td class="time">{when(event, receivedAt)}</td>
            <td>
              <ReportState of={state} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import { reportPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { ReportState } from './report-state.tsx';

type Listed = AnswerOf<'GET /api/organiser/events/{eventId}/reports'>['reports'][number];
/** One that stands for others says how many. */
type Row = Omit<Listed, 'more'> & Partial<Pick<Listed, 'more'>>;

export function ReportTable({ rows }: { readonly rows: readonly Row[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{t('reports.reference')}</th>
          <th scope="col">{t('reports.received')}</th>
          <th scope="col">{t('reports.state')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ reference, receivedAt, state, openedAt, aboutOrganiser, more = 0 }) => (
          <tr key={reference}>
            <th scope="row">
              <a class="code" href={reportPage(event.id, reference)}>
                {displayReference(reference)}
              </a>
              {more > 0 && <small>{t('reports.more', { count: more })}</small>}
            </th>
            <td class="time">{when(event, receivedAt)}</td>
            <td>
              <ReportState of={state} />
              {aboutOrganiser && <span class="tag">{t('reports.aboutOrganiser')}</span>}
              {openedAt === undefined && state === 'new' && <small>{t('reports.unopened')}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

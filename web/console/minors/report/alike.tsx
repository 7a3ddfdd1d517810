import { displayReference } from '../../../../shared/kernel/text/reference.ts';
import { reportPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { words } from '../../words.ts';
import { ReportTable } from './report-table.tsx';
import type { OneReport } from './steps.tsx';
import { useReportPages } from './use-report-pages.ts';

/** Those that say the same: of one that stands for them, all; of any other, the way to that one. */
export function Alike({ report: { reference, group } }: { readonly report: OneReport }) {
  const { event } = useDesk();
  if (reference === group) return <Others reference={reference} />;
  return (
    <p>
      {words.reports.saysTheSame}{' '}
      <a class="code" href={reportPage(event.id, group)}>
        {displayReference(group)}
      </a>
    </p>
  );
}

function Others({ reference }: { readonly reference: string }) {
  const { api, event } = useDesk();
  const { read, more, hasNext, act, onNext } = useReportPages(reference, (cursor) =>
    api('GET /api/organiser/events/{eventId}/reports/{reference}/alike', {
      params: { eventId: event.id, reference },
      query: { cursor },
    }),
  );
  return (
    <Show of={read}>
      {({ reports }) =>
        reports.length > 0 && (
          <section>
            <h2>{words.reports.alike}</h2>
            <p>{words.reports.explainAlike}</p>
            <ReportTable rows={[...reports, ...more]} />
            {act.error !== undefined && <Failure error={act.error} />}
            {hasNext && (
              <Button kind="second" busy={act.busy} onPress={onNext}>
                {words.reports.next50}
              </Button>
            )}
          </section>
        )
      }
    </Show>
  );
}

import { useDesk } from '../desk.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { ReportTable, useReportPages } from './report-table.tsx';

/** What arrived, and nothing of what it says: those that are not handled first, each newest first; those alike once. */
export function Reports() {
  const { api, event } = useDesk();
  const { read, more, hasNext, act, onNext } = useReportPages(event.id, (cursor) =>
    api('GET /api/organiser/events/{eventId}/reports', { params: { eventId: event.id }, query: { cursor } }),
  );
  return (
    <>
      <Heading>{t('reports.title')}</Heading>
      <p>{t('reports.explain')}</p>
      <p>{t('reports.order')}</p>
      <p>{t('reports.recorded')}</p>
      <Show of={read}>
        {({ reports }) =>
          reports.length === 0 ? (
            <p class="empty">{t('reports.none')}</p>
          ) : (
            <>
              <ReportTable rows={[...reports, ...more]} />
              {act.error !== undefined && <FailureNote error={act.error} />}
              {hasNext && (
                <Button kind="second" busy={act.busy} onPress={onNext}>
                  {t('reports.next50')}
                </Button>
              )}
            </>
          )
        }
      </Show>
    </>
  );
}

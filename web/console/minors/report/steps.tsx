import { useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api/routes.ts';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { ReportState } from './report-state.tsx';

export type OneReport = AnswerOf<'GET /api/organiser/events/{eventId}/reports/{reference}'>;

/** What was done about a report, oldest first. */
export function Steps({ steps }: Pick<OneReport, 'steps'>) {
  const { event } = useDesk();
  return (
    <section>
      <h2>{t('reports.steps')}</h2>
      {steps.length === 0 ? (
        <p class="empty">{t('reports.noSteps')}</p>
      ) : (
        <ol class="list">
          {steps.map(({ state, at, by, note }) => (
            <li key={at}>
              <div>
                <ReportState of={state} />
                <small>{t('reports.by', { who: by ?? t('reports.byFormer'), instant: when(event, at) })}</small>
                {note && <p class="told">{note}</p>}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

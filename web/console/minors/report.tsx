import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { pageOf } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { isProblem } from '../kernel/api/problem.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { languageName, when } from '../names.ts';
import { words } from '../words.ts';
import { AddStep } from './report/add-step.tsx';
import { Alike } from './report/alike.tsx';
import { ReportState } from './report/report-state.tsx';
import { Steps } from './report/steps.tsx';

/** One report and what was done about it. What it says is in no address and no title. */
export function Report({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, reference };
  const read = useRead(reference, () => api('GET /api/organiser/events/{eventId}/reports/{reference}', { params }));
  const isMissing = read.loaded.state === 'failed' && isProblem(read.loaded.error, 'not-found');
  return (
    <>
      <p class="back">
        <a href={pageOf(event.id, 'reports')}>{words.reports.back}</a>
      </p>
      <Heading>
        {read.loaded.state === 'ready'
          ? words.reports.one(displayReference(read.loaded.value.reference))
          : isMissing
            ? words.reports.notFound
            : words.reports.untitled}
      </Heading>
      {isMissing ? (
        <p>{words.reports.notFoundTodo}</p>
      ) : (
        <Show of={read}>
          {(report) => (
            <>
              <p class="state">
                <ReportState of={report.state} />{' '}
                {report.aboutOrganiser && <span class="tag">{words.reports.aboutOrganiser}</span>}{' '}
                {words.reports.receivedAt(when(event, report.receivedAt))}
              </p>
              {report.openedAt && <p>{words.reports.opened(report.openedBy, when(event, report.openedAt))}</p>}
              <p>{words.reports.recordedOne}</p>
              <section>
                <h2>{words.reports.what}</h2>
                <p class="told">{report.what}</p>
                <small>{words.reports.language(languageName(report.language))}</small>
              </section>
              <section>
                <h2>{words.reports.contact}</h2>
                <p class="told">{report.contact ?? words.reports.noContact}</p>
              </section>
              <Alike report={report} />
              <Steps steps={report.steps} />
              <AddStep report={report} onAdded={read.show} onStale={read.reload} />
            </>
          )}
        </Show>
      )}
    </>
  );
}

import { useState } from 'preact/hooks';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { pageAddress, reportAddress } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError, LongTextField, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show } from '../kernel/parts/show.tsx';
import { languageText, when } from '../names.ts';
import { t } from '../words.ts';
import { ReportStatus, ReportTable, useReportPages } from './reports.tsx';

interface AddStepProps {
  readonly report: OneReport;
  readonly onAdded: (after: OneReport) => void;
  readonly onStale: () => Promise<void>;
}

const STATES = ['looked-at', 'handled'] as const;

/** Says how far a report is and what was done; a reader who has not seen the step before adds none. */
function AddStep({ report: { reference, steps }, onAdded, onStale }: AddStepProps) {
  const { api, event, tell } = useDesk();
  const [state, setState] = useState<(typeof STATES)[number]>('looked-at');
  const [note, setNote] = useState('');
  const { busy, error, change } = useUnlessStale(onStale, t('reports.changedMeanwhile'));
  const add = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/reports/{reference}/steps', {
      params: { eventId: event.id, reference },
      body: { state, after: steps.length, ...(note.trim() !== '' && { note: note.trim() }) },
    });
    setNote('');
    tell(t(`reports.added.${state}`));
    onAdded(after);
  };
  return (
    <section class="screen">
      <h2>{t('reports.add')}</h2>
      <p>{t('reports.explainStep')}</p>
      <FieldsForm
        send={t('reports.send')}
        busy={busy}
        error={error}
        labels={{ state: t('reports.next'), note: t('reports.note') }}
        onSend={() => change(add)}
      >
        <SelectField
          name="state"
          label={t('reports.next')}
          choices={STATES.map((each) => [each, t(`reports.choices.${each}`)] as const)}
          value={state}
          error={fieldError(error, 'state')}
          onChange={(chosen) => setState(STATES.find((each) => each === chosen) ?? 'looked-at')}
        />
        <LongTextField
          name="note"
          label={t('reports.note')}
          hint={t('reports.noteHint')}
          value={note}
          error={fieldError(error, 'note')}
          onChange={setNote}
        />
      </FieldsForm>
    </section>
  );
}

/** Those that say the same: of one that stands for them, all; of any other, the way to that one. */
function Alike({ report: { reference, group } }: { readonly report: OneReport }) {
  const { event } = useDesk();
  if (reference === group) return <Others reference={reference} />;
  return (
    <p>
      {t('reports.saysTheSame')}{' '}
      <a class="code" href={reportAddress(event.id, group)}>
        {displayReference(group)}
      </a>
    </p>
  );
}

function Others({ reference }: { readonly reference: string }) {
  const { api, event } = useDesk();
  const pages = useReportPages(reference, (cursor) =>
    api('GET /api/organiser/events/{eventId}/reports/{reference}/alike', {
      params: { eventId: event.id, reference },
      query: { cursor },
    }),
  );
  return (
    <Show of={pages.read}>
      {({ reports }) =>
        reports.length > 0 && (
          <section>
            <h2>{t('reports.alike')}</h2>
            <p>{t('reports.explainAlike')}</p>
            <ReportTable first={reports} {...pages} />
          </section>
        )
      }
    </Show>
  );
}

/** One report and what was done about it. What it says is in no address and no title. */
export function ReportScreen({ one: reference }: { readonly one: string }) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, reference };
  const read = useRead(reference, () => api('GET /api/organiser/events/{eventId}/reports/{reference}', { params }));
  const isGone = isMissing(read);
  return (
    <>
      <p class="back">
        <a href={pageAddress(event.id, 'reports')}>{t('reports.back')}</a>
      </p>
      <Heading>
        {read.loaded.state === 'ready'
          ? t('reports.one', { reference: displayReference(read.loaded.value.reference) })
          : isGone
            ? t('reports.notFound')
            : t('reports.untitled')}
      </Heading>
      {isGone ? (
        <p>{t('reports.notFoundTodo')}</p>
      ) : (
        <Show of={read}>
          {(report) => (
            <>
              <p class="state">
                <ReportStatus of={report.state} />{' '}
                {report.aboutOrganiser && <span class="tag">{t('reports.aboutOrganiser')}</span>}{' '}
                {t('reports.receivedAt', { instant: when(event, report.receivedAt) })}
              </p>
              {report.openedAt && (
                <p>
                  {t('reports.opened', {
                    who: report.openedBy ?? t('reports.openedByFormer'),
                    instant: when(event, report.openedAt),
                  })}
                </p>
              )}
              <p>{t('reports.recordedOne')}</p>
              <section>
                <h2>{t('reports.what')}</h2>
                <p class="told" lang={report.language}>
                  {report.what}
                </p>
                <small>{t('reports.language', { name: languageText(report.language) })}</small>
              </section>
              <section>
                <h2>{t('reports.contact')}</h2>
                <p class="told">{report.contact ?? t('reports.noContact')}</p>
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

type OneReport = AnswerOf<'GET /api/organiser/events/{eventId}/reports/{reference}'>;

/** What was done about a report, oldest first. */
function Steps({ steps }: Pick<OneReport, 'steps'>) {
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
                <ReportStatus of={state} />
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

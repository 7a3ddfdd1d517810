import { useState } from 'preact/hooks';
import { displayReference } from '../../../shared/kernel/text/reference.ts';
import { REPORT_ORDERS, type ReportOrder } from '../../../shared/minors/report/report-order.ts';
import type { ReportState as State } from '../../../shared/minors/report/reports.schema.ts';
import { pageAddress, reportAddress } from '../addresses.ts';
import { useAct, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import type { Loading } from '../kernel/parts/request.ts';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';

/** What arrived, and nothing of what it says: those that are not handled first, in one of three orders; those alike once. */
export function Reports({ query }: { readonly query: URLSearchParams }) {
  const order = REPORT_ORDERS.find((each) => each === query.get('order')) ?? 'newest';
  // A page of one order is no page of another.
  return <Listed key={order} order={order} />;
}

function Listed({ order }: { readonly order: ReportOrder }) {
  const { api, event } = useDesk();
  const pages = useReportPages(`${event.id} ${order}`, (cursor) =>
    api('GET /api/organiser/events/{eventId}/reports', { params: { eventId: event.id }, query: { order, cursor } }),
  );
  return (
    <>
      <Heading>{t('reports.title')}</Heading>
      <p>{t('reports.explain')}</p>
      <p>{t('reports.order')}</p>
      <p>{t('reports.recorded')}</p>
      <Orders now={order} />
      <Show of={pages.read}>
        {({ reports }) =>
          reports.length === 0 ? <p class="empty">{t('reports.none')}</p> : <ReportTable first={reports} {...pages} />
        }
      </Show>
    </>
  );
}

function Orders({ now }: { readonly now: ReportOrder }) {
  const { event } = useDesk();
  return (
    <ul class="counts small" aria-label={t('reports.orders')}>
      {REPORT_ORDERS.map((order) => (
        <li key={order}>
          <a
            href={pageAddress(event.id, 'reports', { order: order === 'newest' ? '' : order })}
            aria-current={order === now ? 'page' : undefined}
          >
            {t(`reports.orders.${order}`)}
          </a>
        </li>
      ))}
    </ul>
  );
}

type ListedReport = AnswerOf<'GET /api/organiser/events/{eventId}/reports'>['reports'][number];
/** One that stands for others says how many. */
type Row = Omit<ListedReport, 'more'> & Partial<Pick<ListedReport, 'more'>>;

interface ReportTableProps extends Omit<Pages<Row>, 'read'> {
  readonly first: readonly Row[];
}

/** Those of the first page and of all that were read after it, and the way to another. */
export function ReportTable({ first, more: later, hasNext, act, onNext }: ReportTableProps) {
  const { event } = useDesk();
  return (
    <>
      <table class="stacked">
        <TableHead columns={[t('reports.reference'), t('reports.received'), t('reports.state')]} />
        <tbody>
          {[...first, ...later].map(({ reference, receivedAt, state, openedAt, aboutOrganiser, more = 0 }) => (
            <tr key={reference}>
              <th scope="row">
                <a class="code" href={reportAddress(event.id, reference)}>
                  {displayReference(reference)}
                </a>
                {more > 0 && <small>{t('reports.more', { count: more })}</small>}
              </th>
              <td class="time">{when(event, receivedAt)}</td>
              <td>
                <ReportStatus of={state} />
                {aboutOrganiser && <span class="tag">{t('reports.aboutOrganiser')}</span>}
                {openedAt === undefined && state === 'new' && <small>{t('reports.unopened')}</small>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FailureNote error={act.error} />
      {hasNext && (
        <Button kind="second" busy={act.busy} onPress={onNext}>
          {t('reports.next50')}
        </Button>
      )}
    </>
  );
}

/** How far those who look after children have come with a report. */
export const ReportStatus = ({ of: state }: { readonly of: State }) => (
  <span class={`tag ${state}`}>{t(`reports.states.${state}`)}</span>
);

interface Page<Row> {
  readonly reports: readonly Row[];
  readonly next?: string | undefined;
}

interface Pages<Row> {
  readonly read: Loading<Page<Row>>;
  /** Of the pages after the first, as they were read. */
  readonly more: readonly Row[];
  /** Whether there is another page. */
  readonly hasNext: boolean;
  readonly act: ReturnType<typeof useAct>;
  readonly onNext: () => void;
}

/** A list of which a page is read at a time: whatever floods it, the first is there at once. */
export function useReportPages<Row>(key: string, load: (cursor?: string) => Promise<Page<Row>>): Pages<Row> {
  const read = useRead(key, () => load());
  const [later, setLater] = useState<readonly Page<Row>[]>([]);
  const act = useAct();
  const first = read.loaded.state === 'ready' ? read.loaded.value : undefined;
  const next = later.length > 0 ? later.at(-1)?.next : first?.next;
  return {
    read,
    more: later.flatMap(({ reports }) => reports),
    hasNext: next !== undefined,
    act,
    onNext: () =>
      act.run(async () => {
        const page = await load(next);
        setLater((before) => [...before, page]);
      }),
  };
}

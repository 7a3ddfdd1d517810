import { isTagging } from '../../../shared/registration/bulk/bulk.ts';
import { bulkAddress, pageAddress } from '../addresses.ts';
import { useAct, useDesk, useEventRead, useRead, useSecondsTo } from '../desk.ts';
import { type AnswerOf, byThisClock } from '../kernel/api.ts';
import { Button, Confirmation } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { isMissing, Show, useLive } from '../kernel/parts/show.tsx';
import { titleIn, when } from '../names.ts';
import { t } from '../words.ts';
import { useKnownTags } from './known-tags.ts';
import { NamedPeople } from './named-people.tsx';
import { StartBulk } from './start-bulk.tsx';

const ROUTE = 'GET /api/organiser/events/{eventId}/bulk/{bulkId}';
type Bulk = Omit<AnswerOf<typeof ROUTE>, 'people'>;

/** What is done with all who are chosen, and what was done in the last days. */
export function BulkScreen() {
  const bulks = useEventRead('GET /api/organiser/events/{eventId}/bulk');
  return (
    <>
      <Heading>{t('bulk.title')}</Heading>
      <StartBulk />
      <h2>{t('bulk.recent')}</h2>
      <Show of={bulks}>
        {({ bulks: all }) => (all.length === 0 ? <p class="empty">{t('bulk.none')}</p> : <BulkTable bulks={all} />)}
      </Show>
    </>
  );
}

function BulkTable({ bulks }: { readonly bulks: readonly Bulk[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('bulk.what'), t('bulk.when'), t('bulk.howFar')]} />
      <tbody>
        {bulks.map((bulk) => (
          <tr key={bulk.id}>
            <th scope="row">
              <a href={bulkAddress(event.id, bulk.id)}>{bulkTitle(bulk)}</a>
            </th>
            <td class="time" data-label={t('bulk.when')}>
              {when(event, bulk.startedAt)}
            </td>
            <td data-label={t('bulk.howFar')}>{statusText(bulk)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is to be done with all of them; once it is through, with whom it was. */
export const bulkTitle = ({ kind, status, changed, total }: Pick<Bulk, 'kind' | 'status' | 'changed' | 'total'>) =>
  t(`bulk.kind.${kind}`, { count: status === 'running' ? total : changed });

const statusText = ({ kind, status }: Bulk): string =>
  isTagging(kind) && status === 'done' ? t('bulk.status.doneTags') : t(`bulk.status.${status}`);

/** Milliseconds between two looks at how far it is. */
const LOOK = 2000;

/** How far one is; until its mail leaves, it can be taken back. */
export function BulkOneScreen({ one: bulkId }: { readonly one: string }) {
  const { api, event } = useDesk();
  const live = useLive(bulkId, () => api(ROUTE, { params: { eventId: event.id, bulkId } }), LOOK);
  return (
    <>
      <p class="screen">
        <a href={pageAddress(event.id, 'bulk')}>{t('bulk.all')}</a>
      </p>
      {isMissing(live) ? (
        <Heading>{t('bulk.notFound')}</Heading>
      ) : (
        <Show of={live}>{(bulk) => <Progress bulk={bulk} reload={live.reload} />}</Show>
      )}
    </>
  );
}

function Progress({ bulk, reload }: { readonly bulk: Bulk; readonly reload: () => Promise<void> }) {
  const { event } = useDesk();
  const { status, handled, changed, total, tag, session, stopped, endedAt } = bulk;
  return (
    <>
      <Heading tab={t('bulk.title')}>{bulkTitle(bulk)}</Heading>
      {tag && (
        <p>
          <b>
            <TagName of={tag} />
          </b>
        </p>
      )}
      {session && (
        <p>
          <b>{titleIn(event.sessions, session)}</b>
        </p>
      )}
      <progress value={handled} max={total} aria-label={t('bulk.progress')} />
      <p>
        {t('bulk.handled', { handled, total })} {t('bulk.changed', { changed })}
      </p>
      {stopped && <p class="note warn">{t('bulk.stopped')}</p>}
      <p role="status">{statusText(bulk)}</p>
      {bulk.mayTakeBack && <TakeBack bulk={bulk} onChanged={reload} />}
      <People key={`${status} ${endedAt}`} bulk={bulk} />
    </>
  );
}

interface TakeBackProps {
  readonly bulk: Bulk;
  readonly onChanged: () => Promise<void>;
}

function TakeBack({ bulk, onChanged }: TakeBackProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onChanged, t('bulk.tooLate'), 'changed-meanwhile');
  const takeBack = async (): Promise<void> => {
    await api('POST /api/organiser/events/{eventId}/bulk/{bulkId}/take-back', {
      params: { eventId: event.id, bulkId: bulk.id },
    });
    await onChanged();
    tell(t('bulk.takingBack'));
  };
  return (
    <section class="screen" aria-label={t('bulk.takeBack')}>
      {bulk.leavesAt && <TimeLeft until={bulk.leavesAt} />}
      <Confirmation
        label={t('bulk.takeBack')}
        follows={t('bulk.takeBackFollows')}
        now={t('bulk.takeBackNow')}
        kind="danger"
        busy={busy}
        error={error}
        onPress={() => change(takeBack)}
      />
    </section>
  );
}

function TimeLeft({ until }: { readonly until: string }) {
  const seconds = useSecondsTo(byThisClock(until));
  return <p>{seconds > 0 ? t('bulk.leavesIn', { seconds }) : t('bulk.leaves')}</p>;
}

type Person = NonNullable<AnswerOf<typeof ROUTE>['people']>[number];

/** What became of each person, those who were not changed first. */
function People({ bulk: { id: bulkId, handled } }: { readonly bulk: Bulk }) {
  const { api, event } = useDesk();
  const load = () => api(ROUTE, { params: { eventId: event.id, bulkId }, query: { people: 'true' } });
  const read = useRead(bulkId, load);
  const { busy, run } = useAct();
  if (handled === 0) return null;
  return (
    <>
      <h2>{t('bulk.people')}</h2>
      <p class="screen">
        <Button kind="second" busy={busy} onPress={() => run(read.reload)}>
          {t('bulk.readAgain')}
        </Button>
      </p>
      <Show of={read}>
        {({ people = [], handled: through }) => (
          <>
            {through > people.length && <p>{t('bulk.unknown', { count: through - people.length })}</p>}
            {[...groupsOf(people)].map(([outcome, some]) => (
              <details key={outcome} open={outcome !== 'done' && some.length <= MOST_OPEN}>
                <summary>{t(`bulk.outcome.${outcome}`, { count: some.length })}</summary>
                <NamedPeople references={some.map(({ reference }) => reference)} />
              </details>
            ))}
          </>
        )}
      </Show>
    </>
  );
}

/** Of a group of more people, a press shows them. */
const MOST_OPEN = 20;

function groupsOf(people: readonly Person[]): ReadonlyMap<Person['outcome'], readonly Person[]> {
  const groups = new Map<Person['outcome'], Person[]>();
  for (const person of people) groups.set(person.outcome, [...(groups.get(person.outcome) ?? []), person]);
  const isLast = (outcome: Person['outcome']): number => Number(outcome === 'done');
  return new Map([...groups].sort(([a], [b]) => isLast(a) - isLast(b)));
}

/** What a tag is called whose id is known. */
function TagName({ of }: { readonly of: string }) {
  const tags = useKnownTags();
  return <>{tags === undefined ? t('common.loading') : (tags.find(({ id }) => id === of)?.name ?? t('tags.gone'))}</>;
}

import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { FactList } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, when, zoneName } from '../names.ts';
import { t } from '../words.ts';

type Status = AnswerOf<'GET /api/organiser/events/{eventId}/system'>;
type Cost = NonNullable<Status['cost']>;
type Backups = NonNullable<Status['backups']>;

/** What owners are told of the system: what the event cost so far, and whether what is stored can be brought back. */
export function SystemScreen() {
  const status = useEventRead('GET /api/organiser/events/{eventId}/system');
  return (
    <>
      <Heading>{t('page.system')}</Heading>
      <Show of={status}>
        {({ cost, backups }) => (
          <>
            <section aria-labelledby="cost">
              <h2 id="cost">{t('system.cost')}</h2>
              {cost ? <CostSoFar cost={cost} /> : <p class="empty">{t('system.noCost')}</p>}
            </section>
            <section aria-labelledby="backups">
              <h2 id="backups">{t('system.backups')}</h2>
              {backups ? <Restorable backups={backups} /> : <p class="empty">{t('system.noBackups')}</p>}
            </section>
          </>
        )}
      </Show>
    </>
  );
}

const usd = (amount: number): string => t('system.usd', { amount: amount.toFixed(2) });

const PARTS = ['mail', 'units', 'kept', 'functions', 'requests', 'logs', 'keys'] as const;

function CostSoFar({ cost: { people, mails, scans, months, parts, total, at, pricesOf } }: { readonly cost: Cost }) {
  const { event } = useDesk();
  return (
    <>
      <p>{t('system.explain', { day: dayName(pricesOf) })}</p>
      <ul class="counts">
        <li>
          <b>{usd(total)}</b> {t('system.total')}
        </li>
      </ul>
      <FactList
        title={t('system.parts')}
        facts={PARTS.map((part) => [t(`system.part.${part}`), usd(parts[part])] as const)}
      />
      <FactList
        title={t('system.counted')}
        facts={[
          [t('system.people'), String(people)],
          [t('system.mails'), String(mails)],
          [t('system.scans'), String(scans)],
          [t('system.months'), months.toFixed(1)],
          [t('system.at'), `${when(event, at)}, ${zoneName(event)}`],
        ]}
      />
      <p>{t('system.assumed')}</p>
      <p>{t('system.leftOut')}</p>
    </>
  );
}

function Restorable({ backups: { readAt, tables } }: { readonly backups: Backups }) {
  const { event } = useDesk();
  const time = (instant: string): string => `${when(event, instant)}, ${zoneName(event)}`;
  return (
    <>
      {tables.some(({ restorable }) => !restorable) && <p class="note bad">{t('system.notRestorable')}</p>}
      <FactList
        facts={[
          ...tables.map(
            ({ table, until }) =>
              [
                t(`system.table.${table}`),
                until ? t('system.until', { time: time(until) }) : t('system.never'),
              ] as const,
          ),
          [t('system.looked'), time(readAt)],
        ]}
      />
    </>
  );
}

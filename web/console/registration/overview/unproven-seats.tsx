import { registrationPage } from '../../addresses.ts';
import { useAct, useDesk, useRead } from '../../desk.ts';
import type { AnswerOf, BodyOf } from '../../kernel/api/routes.ts';
import { Button } from '../../kernel/parts/button.tsx';
import { Failure } from '../../kernel/parts/failure.tsx';
import { Reference } from '../../kernel/parts/reference.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { when } from '../../names.ts';
import { t } from '../../words.ts';

const ROUTE = '/api/organiser/events/{eventId}/unproven-seats';

type Answer = AnswerOf<`GET ${typeof ROUTE}`>;
type Release = BodyOf<`POST ${typeof ROUTE}`>['seats'];

/** Milliseconds within which released seats are gone from the lists. */
const SOON = 3_000;

/** Nothing where every seat is proven and everyone who waits is, too. */
export function UnprovenSeats() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  const read = useRead(event.id, () => api(`GET ${ROUTE}`, { params }));
  return <Show of={read}>{(answer) => <Unproven answer={answer} onReleased={read.reload} />}</Show>;
}

interface UnprovenProps {
  readonly answer: Answer;
  readonly onReleased: () => void;
}

function Unproven({ answer, onReleased }: UnprovenProps) {
  const { event } = useDesk();
  const { unproven, waiting, proposed, crowded, unreached, proveWithin, releaseUnproven, mayRelease } = answer;
  if (unproven === 0 && waiting.unproven === 0) return null;
  const all = proposed.reduce((sum, { seats }) => sum + seats, 0);
  return (
    <section aria-labelledby="unproven-seats">
      <h2 id="unproven-seats">{t('unprovenSeats.title')}</h2>
      <p>{t('unprovenSeats.count', { count: unproven, waiting: waiting.proven })}</p>
      {waiting.unproven > 0 && <p>{t('unprovenSeats.passedOver', { count: waiting.unproven })}</p>}
      <p>
        {mayRelease ? t(`unprovenSeats.rule.${releaseUnproven}`, { within: proveWithin }) : t('unprovenSeats.tooLate')}
      </p>
      {unreached.length > 0 && (
        <>
          <p class="note bad">{t('unprovenSeats.unreached', { count: unreached.length })}</p>
          <ul class="list">
            {unreached.map(({ reference, name }) => (
              <li key={reference}>
                <a href={registrationPage(event.id, reference)}>{name}</a> <Reference of={reference} />
              </li>
            ))}
          </ul>
        </>
      )}
      {proposed.length > 0 && (
        <>
          <h3>{t('unprovenSeats.proposed')}</h3>
          <p>{t('unprovenSeats.follows')}</p>
          <ul class="list">
            {proposed.map(({ domain, minute, seats }) => (
              <li key={`${domain}#${minute}`}>
                <div>
                  <b>{domain}</b>
                  <small>{t('unprovenSeats.came', { seatCount: seats, when: when(event, `${minute}:00Z`) })}</small>
                </div>
                <div>
                  <ReleaseButton
                    label={t('unprovenSeats.release', { seatCount: seats })}
                    seats={[{ domain, minute }]}
                    onReleased={onReleased}
                  />
                </div>
              </li>
            ))}
          </ul>
          {proposed.length > 1 && (
            <p>
              <ReleaseButton
                label={t('unprovenSeats.releaseAll', { seatCount: all })}
                seats={proposed.slice(0, MOST_GROUPS).map(({ domain, minute }) => ({ domain, minute }))}
                onReleased={onReleased}
              />
            </p>
          )}
        </>
      )}
      {mayRelease && crowded.length > 0 && (
        <>
          <h3>{t('unprovenSeats.crowded')}</h3>
          <p>{t('unprovenSeats.follows')}</p>
          <ul class="list">
            {crowded.map(({ domain, seats }) => (
              <li key={domain}>
                <div>
                  <b>{domain}</b>
                  <small>{t('unprovenSeats.ofDomain', { seatCount: seats })}</small>
                </div>
                <div>
                  <ReleaseButton
                    label={t('unprovenSeats.releaseDomain', { seatCount: seats, domain })}
                    seats={[{ domain }]}
                    onReleased={onReleased}
                  />
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** As many as one press takes: the contract's limit. */
const MOST_GROUPS = 90;

interface ReleaseButtonProps {
  readonly label: string;
  readonly seats: Release;
  readonly onReleased: () => void;
}

function ReleaseButton({ label, seats, onReleased }: ReleaseButtonProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const release = () =>
    run(async () => {
      const { groups } = await api(`POST ${ROUTE}`, { params: { eventId: event.id }, body: { seats } });
      tell(t('unprovenSeats.done', { groups }));
      setTimeout(onReleased, SOON);
    });
  return (
    <>
      <Failure error={error} />
      <Button kind="danger" busy={busy} onPress={release}>
        {label}
      </Button>
    </>
  );
}

import { useEffect, useRef, useState } from 'preact/hooks';
import { deletedAddress, navigate, type PageName } from '../addresses.ts';
import { useAct, useDesk, useHas } from '../desk.ts';
import { ApiProblem, isProblem } from '../kernel/api.ts';
import { Button, Confirmation } from '../kernel/parts/buttons.tsx';
import { FillBar } from '../kernel/parts/facts.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';
import { madeUpPeople } from './made-up-people.ts';

/** On each screen of a rehearsal: that it is one. On its overview owners fill it with people, and delete it. */
export function Rehearsal({ page }: { readonly page: PageName }) {
  const isOwner = useHas('define-event');
  return (
    <section class="note warn rehearsal" aria-labelledby="rehearsal">
      <p>
        <b id="rehearsal">{t('rehearsal.title')}</b> {t('rehearsal.explain')}
      </p>
      {isOwner && page === '' && (
        <>
          <AddPeople />
          <Delete />
        </>
      )}
    </section>
  );
}

/** Of made-up people: so many at a press. */
const NUMBERS = [10, 25, 50];

/** A reason, with one of the refusals for it, and of how many people it was the reason. */
type Refusals = ReadonlyMap<string, { readonly error: ApiProblem; readonly count: number }>;

function AddPeople() {
  const { api, event, now, people, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [progress, setProgress] = useState<{ readonly done: number; readonly count: number }>();
  const [refusals, setRefusals] = useState<Refusals>(new Map());
  const left = useRef(false);
  useEffect(
    () => () => {
      left.current = true;
    },
    [],
  );
  const add = async (count: number): Promise<void> => {
    const refused = new Map<string, { error: ApiProblem; count: number }>();
    setRefusals(refused);
    let added = 0;
    try {
      for (const [done, body] of madeUpPeople(event, count, now()).entries()) {
        if (left.current) return;
        setProgress({ done, count });
        try {
          await api('POST /api/organiser/events/{eventId}/on-behalf', { params: { eventId: event.id }, body });
          added += 1;
        } catch (failure) {
          // Of no answer, or of an event that takes nobody, not even the next one.
          if (!(failure instanceof ApiProblem && failure.errors.length > 0)) throw failure;
          const reason = [failure.message, ...failure.errors.map(({ path, code }) => `${path} ${code}`)].join();
          refused.set(reason, { error: failure, count: 1 + (refused.get(reason)?.count ?? 0) });
        }
      }
      tell(t('rehearsal.added', { count: added }), added === count ? 'ok' : 'warn');
    } finally {
      setRefusals(new Map(refused));
      setProgress(undefined);
      people.look();
    }
  };
  return (
    <>
      <p>{t('rehearsal.who')}</p>
      <FailureNote error={error} />
      {[...refusals].map(([reason, { error: refusal, count }]) => (
        <div key={reason}>
          <p>{t('rehearsal.refused', { count })}</p>
          <FailureNote error={refusal} />
        </div>
      ))}
      <div class="buttons">
        {NUMBERS.map((count) => (
          <Button key={count} kind="second" busy={busy} onPress={() => run(() => add(count))}>
            {t('rehearsal.add', { count })}
          </Button>
        ))}
      </div>
      {progress && (
        <p>
          <FillBar label={t('rehearsal.progress', progress)} taken={progress.done} capacity={progress.count} />{' '}
          {t('rehearsal.progress', progress)}
        </p>
      )}
    </>
  );
}

/** At once and for good, by a press that says so. */
function Delete() {
  const { api, event } = useDesk();
  const { busy, error, run } = useAct();
  const hasTried = useRef(false);
  const deleteAll = async (): Promise<void> => {
    try {
      await api('DELETE /api/organiser/events/{eventId}', { params: { eventId: event.id } });
    } catch (failure) {
      // Whose answer was lost, that was done: nobody has a role in it any more.
      if (!(hasTried.current && isProblem(failure, 'not-permitted'))) {
        hasTried.current = true;
        throw failure;
      }
    }
    navigate(deletedAddress());
  };
  return (
    <Confirmation
      label={t('rehearsal.delete')}
      follows={t('rehearsal.deleteFollows')}
      now={t('rehearsal.deleteNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => run(deleteAll)}
    />
  );
}

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ENROLMENT_LASTS } from '../../../shared/checkin/device/device.ts';
import { useDesk, useHas, useIsVetted, useSecondsTo } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { OneTimeSecret } from '../kernel/parts/once.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { Qr } from '../kernel/parts/qr.tsx';
import { Awaited, useLive } from '../kernel/parts/show.tsx';
import { dayName, when } from '../names.ts';
import { t } from '../words.ts';
import { memberText } from './overview.ts';

interface OfferProps {
  readonly made: Made;
  /** How many phones took it: seen in the list of phones, which follows by itself. */
  readonly taken: number;
  /** Of the button that ends it. */
  readonly done?: string;
  readonly onDone: () => void;
}

/** A code to be scanned from this screen, and how long it is still good. */
export function EnrolmentCode({
  made: { name, link, until, phones },
  taken,
  done = t('doors.phones.another'),
  onDone,
}: OfferProps) {
  const left = useSecondsTo(until);
  const top = useRef<HTMLElement>(null);
  useLayoutEffect(() => top.current?.focus(), []);
  const isTaken = taken >= phones;
  const isOver = left <= 0 && !isTaken;
  return (
    <section class="card" ref={top} tabIndex={-1}>
      <p role="status">
        {isTaken
          ? t('doors.phones.taken', { name })
          : isOver
            ? t('doors.phones.over')
            : t('doors.phones.scan', { name })}
      </p>
      {phones > 1 && <p>{t('doors.phones.takenBy', { taken, phones })}</p>}
      {!isTaken && !isOver && (
        <>
          <Qr text={link} label={t('doors.phones.qr')} />
          <p class="time">
            {t('doors.phones.goodFor', { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, '0') })}
          </p>
          <OneTimeSecret label={t('doors.phones.link')} value={link} copied={t('doors.phones.copied')} />
        </>
      )}
      <p class="buttons">
        <Button kind={isTaken || isOver ? undefined : 'second'} onPress={onDone}>
          {done}
        </Button>
      </p>
    </section>
  );
}

/** A code that was made. */
export interface Made {
  readonly deviceId: string;
  readonly name: string;
  readonly link: string;
  /** By this machine's clock, whatever the server's says: epoch milliseconds. */
  readonly until: number;
  /** How many may take it. */
  readonly phones: number;
}

export const madeOf = (
  { deviceId, link }: { readonly deviceId: string; readonly link: string },
  { name, phones, now }: { readonly name: string; readonly phones: number; readonly now: number },
): Made => ({ deviceId, name, link, until: now + ENROLMENT_LASTS, phones });

type Proposals = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/device-proposals'>;
type Proposal = Proposals['proposals'][number];

interface ProposedPhonesProps {
  /** Rises with each proposal that was made on the same page: they are read again. */
  readonly made?: number;
}

/** Phones that are to show names of people under 18, for the members who propose or accept them; nothing where there are none. */
export function ProposedPhones(props: ProposedPhonesProps) {
  const isVetted = useIsVetted('safeguarding');
  return useHas('vet') || isVetted ? <Waiting {...props} /> : null;
}

function Waiting({ made: proposed = 0 }: ProposedPhonesProps) {
  const { api, event } = useDesk();
  const live = useLive(event.id, () =>
    api('GET /api/organiser/events/{eventId}/check-in/device-proposals', { params: { eventId: event.id } }),
  );
  const [made, setMade] = useState<Made>();
  const first = useRef(proposed);
  useEffect(() => {
    if (proposed !== first.current) void live.reload();
  }, [proposed]);
  if (live.loaded.state === 'loading') return <Awaited />;
  if (live.loaded.state !== 'ready') return null;
  const { proposals } = live.loaded.value;
  if (proposals.length === 0 && made === undefined) return null;
  return (
    <section>
      <h2>{t('doors.phones.proposals')}</h2>
      <p>{t('doors.phones.proposalsExplain')}</p>
      {made && (
        <EnrolmentCode
          made={made}
          taken={proposals.some(({ id }) => id === made.deviceId) ? 0 : 1}
          done={t('doors.phones.close')}
          onDone={() => setMade(undefined)}
        />
      )}
      <ul class="list">
        {proposals.map((proposal) => (
          <One key={proposal.id} proposal={proposal} onDecided={live.show} onMade={setMade} onStale={live.reload} />
        ))}
      </ul>
    </section>
  );
}

interface OneProps {
  readonly proposal: Proposal;
  readonly onDecided: (proposals: Proposals) => void;
  readonly onMade: (made: Made) => void;
  readonly onStale: () => Promise<void>;
}

function One({ proposal, onDecided, onMade, onStale }: OneProps) {
  const { api, event, now, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('doors.phones.changedMeanwhile'));
  const { id, name, endsAt, vettedUntil, at, by, accepted, mayAccept, revision } = proposal;
  const decide = (decision: 'accept' | 'withdraw'): Promise<void> =>
    change(async () => {
      const { proposals, offered } = await api(
        'POST /api/organiser/events/{eventId}/check-in/device-proposals/{deviceId}',
        { params: { eventId: event.id, deviceId: id }, body: { decision, revision } },
      );
      if (offered) onMade(madeOf(offered, { name, phones: 1, now: now() }));
      else tell(t('doors.phones.withdrawn', { name }));
      onDecided({ proposals });
    });
  return (
    <li>
      <div>
        <b>{name}</b>
        <small>{t('doors.phones.holder', { vetted: dayName(vettedUntil), until: when(event, endsAt) })}</small>
        <small>{t('doors.phones.proposedBy', { who: memberText(by), at: when(event, at) })}</small>
        <small>
          {accepted ? t('doors.phones.acceptedBy', { who: memberText(accepted) }) : t('doors.phones.waitsForSecond')}
        </small>
        <FailureNote error={error} />
      </div>
      {mayAccept && (
        <Button
          busy={busy}
          label={accepted ? t('doors.phones.codeAnewOf', { name }) : t('doors.phones.acceptOf', { name })}
          onPress={() => decide('accept')}
        >
          {accepted ? t('doors.phones.codeAnew') : t('doors.phones.accept')}
        </Button>
      )}
      <Button
        kind="second"
        busy={busy}
        label={t('doors.phones.withdrawOf', { name })}
        onPress={() => decide('withdraw')}
      >
        {t('doors.phones.withdraw')}
      </Button>
    </li>
  );
}

import { useAct, useDesk, useEventRead, useHas } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FactList, FillBar, type LabelledFact } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { ReadAgain, Show } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { t } from '../words.ts';
import { lookAtMailAgain } from './mail-banner.tsx';

/** What waits now, and the account as it was looked at last. */
function AccountFacts({ account, waiting }: MailStatus) {
  if (account === undefined) {
    return (
      <>
        <p class="empty">{t('mail.notYet')}</p>
        <FactList facts={[[t('mail.waiting'), t('mail.waits', { howMany: waiting })]]} />
      </>
    );
  }
  return (
    <FactList
      facts={[
        [t('mail.waiting'), <Waiting key="waiting" waiting={waiting} since={account.waitsSince} />],
        ...accountFacts(account),
        [t('mail.readAt'), <Time key="read" instant={account.readAt} />],
      ]}
    />
  );
}

function accountFacts({ production, senderVerified, enforcement, perSecond, sent, daily }: Account): LabelledFact[] {
  return [
    [t('mail.account'), production ? t('mail.production') : t('mail.sandbox')],
    [t('mail.sender'), senderVerified ? t('mail.verified') : t('mail.unverified')],
    [t('mail.standing'), t(`mail.enforcement.${enforcement}`)],
    [t('mail.pace'), t('mail.perSecond', { most: perSecond })],
    [
      t('mail.sent'),
      <>
        {daily === undefined ? t('mail.mails', { count: sent }) : t('mail.sentOf', { sent, daily })}
        {daily !== undefined && <FillBar label={t('mail.sent')} taken={sent} capacity={daily} />}
      </>,
    ],
  ];
}

function Waiting({ waiting, since }: { readonly waiting: number; readonly since: string | undefined }) {
  const { event } = useDesk();
  return (
    <>
      {t('mail.waits', { howMany: waiting })}
      {waiting > 0 && since && <small>{t('mail.since', { time: when(event, since), zone: zoneName(event) })}</small>}
    </>
  );
}

function Time({ instant }: { readonly instant: string }) {
  const { event } = useDesk();
  return (
    <>
      {when(event, instant)}, {zoneName(event)}
    </>
  );
}

/** What to do, step by step, until the account may write to anyone. */
const LeaveSandbox = ({ account: { page, review } }: { readonly account: Account }) => (
  <section class="card" aria-labelledby="leave">
    <h2 id="leave">{t('mail.leave')}</h2>
    {review && <p>{t(`mail.review.${review}`)}</p>}
    <ol>
      {(['0', '1', '2'] as const).map((step) => (
        <li key={step}>{t(`mail.steps.${step}`)}</li>
      ))}
    </ol>
    <p>
      <a class="beside" href={page} rel="noreferrer">
        {t('mail.page')}
      </a>
    </p>
  </section>
);

interface HeldProps extends NonNullable<MailStatus['held']> {
  readonly onReleased: () => void;
}

/** After a restore: what was told since the moment that it goes back to is looked at before anybody is mailed. */
function Held({ since, restoredTo, onReleased }: HeldProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const isOwner = useHas('manage-team');
  const release = () =>
    run(async () => {
      await api('POST /api/organiser/events/{eventId}/mail/release', { params: { eventId: event.id } });
      tell(t('mail.released'));
      onReleased();
    });
  const [to, at] = [when(event, restoredTo), when(event, since)];
  return (
    <section class="card" aria-labelledby="held">
      <h2 id="held">{t('mail.held.title')}</h2>
      <p class="note bad">{t('mail.held.explain', { to, at, zone: zoneName(event) })}</p>
      <p>{t('mail.held.before')}</p>
      <FailureNote error={error} />
      {isOwner ? (
        <Button kind="danger" busy={busy} onPress={release}>
          {t('mail.held.release')}
        </Button>
      ) : (
        <p>{t('mail.held.owner')}</p>
      )}
    </section>
  );
}

/** Whether mail leaves, and what to do where it does not. */
export function MailScreen() {
  const status = useEventRead('GET /api/organiser/events/{eventId}/mail');
  const reload = async (): Promise<void> => {
    lookAtMailAgain();
    await status.reload();
  };
  return (
    <>
      <Heading>{t('mail.title')}</Heading>
      <p>{t('mail.explain')}</p>
      <Show of={status}>
        {({ account, held, waiting }) => (
          <>
            {held && <Held {...held} onReleased={reload} />}
            <p>
              <ReadAgain label={t('mail.again')} reload={reload} told={t('mail.readAgain')} />
            </p>
            {account && <Troubles account={account} />}
            {account?.production === false && <LeaveSandbox account={account} />}
            <AccountFacts account={account} waiting={waiting} />
          </>
        )}
      </Show>
    </>
  );
}

const Troubles = ({ account }: { readonly account: Account }) => (
  <>
    {account.troubles.map((trouble) => (
      <p key={trouble} class="note bad">
        {t(`mail.trouble.${trouble}`)}
      </p>
    ))}
  </>
);

type MailStatus = AnswerOf<'GET /api/organiser/events/{eventId}/mail'>;
type Account = NonNullable<MailStatus['account']>;

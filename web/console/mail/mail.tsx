import { useDesk, useRead } from '../desk.ts';
import { type Fact, FactList } from '../kernel/parts/fact-list.tsx';
import { Fill } from '../kernel/parts/fill.tsx';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when, zoneName } from '../names.ts';
import { words } from '../words.ts';
import type { Account, MailStatus } from './status.ts';

/** What waits now, and the account as it was looked at last. */
function AccountFacts({ account, waiting }: MailStatus) {
  if (account === undefined) {
    return (
      <>
        <p class="empty">{words.mail.notYet}</p>
        <FactList facts={[[words.mail.waiting, words.mail.waits(waiting)]]} />
      </>
    );
  }
  return (
    <FactList
      facts={[
        [words.mail.waiting, <Waiting key="waiting" waiting={waiting} since={account.waitsSince} />],
        ...accountFacts(account),
        [words.mail.readAt, <Time key="read" instant={account.readAt} />],
      ]}
    />
  );
}

function accountFacts({ production, senderVerified, enforcement, perSecond, sent, daily }: Account): Fact[] {
  return [
    [words.mail.account, production ? words.mail.production : words.mail.sandbox],
    [words.mail.sender, senderVerified ? words.mail.verified : words.mail.unverified],
    [words.mail.standing, words.mail.enforcement[enforcement]],
    [words.mail.pace, words.mail.perSecond(perSecond)],
    [
      words.mail.sent,
      <>
        {words.mail.sentOf(sent, daily)}
        {daily !== undefined && <Fill label={words.mail.sent} taken={sent} capacity={daily} />}
      </>,
    ],
  ];
}

function Waiting({ waiting, since }: { readonly waiting: number; readonly since: string | undefined }) {
  const { event } = useDesk();
  return (
    <>
      {words.mail.waits(waiting)}
      {waiting > 0 && since && <small>{words.mail.since(when(event, since), zoneName(event))}</small>}
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
    <h2 id="leave">{words.mail.leave}</h2>
    {review && <p>{words.mail.review[review]}</p>}
    <ol>
      {words.mail.steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
    <p>
      <a class="beside" href={page} rel="noreferrer">
        {words.mail.page}
      </a>
    </p>
  </section>
);

/** Whether mail leaves, and what to do where it does not. */
export function Mail() {
  const { api, event } = useDesk();
  const status = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/mail', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.mail.title}</Heading>
      <p>{words.mail.explain}</p>
      <Show of={status}>
        {({ account, waiting }) => (
          <>
            <p>
              <ReadAgain label={words.mail.again} reload={status.reload} told={words.mail.readAgain} />
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
        {words.mail.trouble[trouble]}
      </p>
    ))}
  </>
);

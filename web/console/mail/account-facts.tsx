import { useDesk } from '../desk.ts';
import { type Fact, FactList } from '../kernel/parts/fact-list.tsx';
import { Fill } from '../kernel/parts/fill.tsx';
import { when, zoneName } from '../names.ts';
import { words } from '../words.ts';
import type { Account, MailStatus } from './status.ts';

/** What waits now, and the account as it was looked at last. */
export function AccountFacts({ account, waiting }: MailStatus) {
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

import { useDesk, useRead } from '../desk.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { words } from '../words.ts';
import { AccountFacts } from './account-facts.tsx';
import { LeaveSandbox } from './leave-sandbox.tsx';
import type { Account } from './status.ts';

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

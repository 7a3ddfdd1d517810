import { useDesk, useRead } from '../desk.ts';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { words } from '../words.ts';
import { becameOf } from './became.ts';
import type { Mail } from './one.ts';
import { SendAgain } from './send-again.tsx';

interface MailLogProps {
  readonly of: { readonly reference: string; readonly revision: number };
  /** Whether whoever looks may send the last mail again. */
  readonly sends: boolean;
}

/** What became of each mail about someone: read on a press, since each look at someone under 18 is noted. */
export const MailLog = (props: MailLogProps) => (
  <section class="screen" aria-labelledby="mail">
    <h2 id="mail">{words.mailLog.title}</h2>
    <p>{words.mailLog.explain}</p>
    <Disclosure label={words.mailLog.open}>{() => <Log {...props} />}</Disclosure>
  </section>
);

function Log({ of: { reference, revision }, sends }: MailLogProps) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, reference };
  const read = useRead(`${reference} ${revision}`, () =>
    api('GET /api/organiser/events/{eventId}/registrations/{reference}/mail', { params }),
  );
  return (
    <>
      <p class="buttons">
        <ReadAgain label={words.mailLog.readAgain} reload={read.reload} told={words.mailLog.read} />
      </p>
      <Show of={read}>
        {({ messages }) =>
          messages.length === 0 ? (
            <p class="empty">{words.mailLog.none}</p>
          ) : (
            <ul class="list">
              {messages.map((mail) => (
                <Line key={`${mail.writtenAt} ${mail.kind}`} mail={mail} />
              ))}
            </ul>
          )
        }
      </Show>
      {sends && <SendAgain reference={reference} onSent={read.reload} />}
    </>
  );
}

function Line({ mail }: { readonly mail: Mail }) {
  const { event } = useDesk();
  const { sort, text } = becameOf(event, mail);
  return (
    <li>
      <div>
        <b>{words.mailLog.kind[mail.precisely ?? mail.kind]}</b>
        <small>{words.mailLog.written(when(event, mail.writtenAt), mail.to)}</small>
      </div>
      <div>
        <span class={`tag ${sort}`}>{words.mailLog.sort[sort]}</span>
        <small>{text}</small>
      </div>
    </li>
  );
}

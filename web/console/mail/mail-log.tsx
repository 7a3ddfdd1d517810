import { type PublicEvent, useAct, useDesk, useRead } from '../desk.ts';
import { Button } from '../kernel/parts/button.tsx';
import { Disclosure } from '../kernel/parts/disclosure.tsx';
import { Failure } from '../kernel/parts/failure.tsx';
import { ReadAgain } from '../kernel/parts/read-again.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { words } from '../words.ts';
import type { Mail, Sort } from './one.ts';

interface SendAgainProps {
  readonly reference: string;
  readonly onSent: () => Promise<void>;
}

/** For whoever lost the mail, or had a full mailbox: their ticket once more, or the link where they have none. */
function SendAgain({ reference, onSent }: SendAgainProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const send = async (): Promise<void> => {
    const params = { eventId: event.id, reference };
    const { mailed } = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/mail', { params });
    if (mailed) tell(words.mailLog.sent);
    else tell(words.mailLog.tooSoon, 'warn');
    await onSent();
  };
  return (
    <>
      <Failure error={error} />
      <p class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(send)}>
          {words.mailLog.again}
        </Button>
      </p>
    </>
  );
}

interface Became {
  readonly sort: Sort;
  readonly text: string;
}

/** What became of a mail, in words. */
function becameOf(event: PublicEvent, { state, until, failure, fate }: Mail): Became {
  if (failure) return { sort: 'not-sent', text: words.mailLog.failure[failure] };
  if (fate) {
    const [sort, text] = words.mailLog.fate[fate.what];
    return {
      sort,
      text: [`${when(event, fate.at)}:`, text, fate.code && words.mailLog.code(fate.code)].filter(Boolean).join(' '),
    };
  }
  const [sort, text] = words.mailLog.state[state];
  return { sort, text: until ? words.mailLog.until(when(event, until)) : text };
}

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

import type { ConsoleKey } from '../../../shared/kernel/i18n/words.ts';
import type { Fate } from '../../../shared/mail/fate/mail-event.schema.ts';
import type { MessageState } from '../../../shared/mail/outbox/message.schema.ts';
import type { KindAbout } from '../../../shared/registration/mail-about.ts';
import { type PublicEvent, useAct, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { ReadAgain, Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t, wordFor } from '../words.ts';

type Mails = AnswerOf<'GET /api/organiser/events/{eventId}/registrations/{reference}/mail'>;
/** A mail about someone. */
type Mail = Mails['messages'][number];

/** What became of it, for the eye. */
type Sort = 'waits' | 'left' | 'arrived' | 'returned' | 'unwanted' | 'not-sent';

interface SendAgainProps {
  readonly reference: string;
  readonly onSent: () => Promise<void>;
}

/** For an attendee who lost the mail, or had a full mailbox: their ticket once more, or the link where they have none. */
function SendAgain({ reference, onSent }: SendAgainProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const send = async (): Promise<void> => {
    const params = { eventId: event.id, reference };
    const { mailed } = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/mail', { params });
    if (mailed) tell(t('mailLog.sent'));
    else tell(t('mailLog.tooSoon'), 'warn');
    await onSent();
  };
  return (
    <>
      <FailureNote error={error} />
      <p class="buttons">
        <Button kind="second" busy={busy} onPress={() => run(send)}>
          {t('mailLog.again')}
        </Button>
      </p>
    </>
  );
}

interface Became {
  readonly sort: Sort;
  readonly text: string;
}

const SORT_OF_STATE: Readonly<Record<MessageState, Sort>> = {
  pending: 'waits',
  claimed: 'waits',
  unknown: 'waits',
  sent: 'left',
  failed: 'not-sent',
};

const SORT_OF_FATE: Readonly<Record<Fate, Sort>> = {
  delivered: 'arrived',
  'no-mailbox': 'returned',
  'mailbox-full': 'returned',
  'too-large': 'returned',
  'content-refused': 'returned',
  'not-now': 'returned',
  suppressed: 'returned',
  refused: 'returned',
  complained: 'unwanted',
};

/** What became of a mail, in words. */
function becameOf(event: PublicEvent, { state, until, failure, fate }: Mail): Became {
  if (failure) return { sort: 'not-sent', text: t(`mailLog.failure.${failure}`) };
  if (fate) {
    const code = fate.code && t('mailLog.code', { code: fate.code });
    const text = [`${when(event, fate.at)}:`, t(`mailLog.fate.${fate.what}`), code].filter(Boolean).join(' ');
    return { sort: SORT_OF_FATE[fate.what], text };
  }
  const text = state === 'failed' ? '' : t(`mailLog.state.${state}`);
  return { sort: SORT_OF_STATE[state], text: until ? t('mailLog.until', { when: when(event, until) }) : text };
}

interface MailLogProps {
  readonly of: { readonly reference: string; readonly revision: number };
  /** Of an adult: as their page has it. */
  readonly known?: Mails | undefined;
  /** Whether the member may send the last mail again. */
  readonly sends: boolean;
  /** Of a rehearsal, whom nothing is sent. */
  readonly isMadeUp?: boolean;
}

/** What became of each mail about someone: read on a press, since each look at someone under 18 is noted. */
export const MailLog = (props: MailLogProps) => (
  <section class="screen" aria-labelledby="mail">
    <h2 id="mail">{t('mailLog.title')}</h2>
    <p>{t(props.isMadeUp ? 'mailLog.madeUp' : 'mailLog.explain')}</p>
    <Disclosure label={t('mailLog.open')}>{() => <Log {...props} />}</Disclosure>
  </section>
);

function Log({ of: { reference, revision }, known, sends }: MailLogProps) {
  const { api, event } = useDesk();
  const params = { eventId: event.id, reference };
  const read = useRead(
    `${reference} ${revision}`,
    () => api('GET /api/organiser/events/{eventId}/registrations/{reference}/mail', { params }),
    known,
  );
  return (
    <>
      <p class="buttons">
        <ReadAgain label={t('mailLog.readAgain')} reload={read.reload} told={t('mailLog.read')} />
      </p>
      <Show of={read}>
        {({ messages }) =>
          messages.length === 0 ? (
            <p class="empty">{t('mailLog.none')}</p>
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

/** Of any kind, so that the compiler names the one that lacks a word. */
const wordOf = (kind: KindAbout) => `mailLog.kind.${kind}` satisfies ConsoleKey;

function Line({ mail }: { readonly mail: Mail }) {
  const { event } = useDesk();
  const { sort, text } = becameOf(event, mail);
  const called = wordFor('mailLog.kind', mail.called ?? '');
  const to = wordFor('mailLog.to', mail.called ?? '') ?? t(`mailLog.to.${mail.to}`);
  return (
    <li>
      <div>
        <b>{called ?? t(wordOf(mail.precisely ?? mail.kind))}</b>
        <small>{t('mailLog.written', { when: when(event, mail.writtenAt), to })}</small>
      </div>
      <div>
        <span class={`tag ${sort}`}>{t(`mailLog.sort.${sort}`)}</span>
        <small>{text}</small>
      </div>
    </li>
  );
}

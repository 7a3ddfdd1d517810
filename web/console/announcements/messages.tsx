import { messageAddress, NEW_MESSAGE } from '../addresses.ts';
import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { t } from '../words.ts';
import { segmentText, titleOf } from './audience.tsx';

type Summary = AnswerOf<'GET /api/organiser/events/{eventId}/messages'>['messages'][number];

/** All that was written to many, the newest first. */
export function MessagesScreen() {
  const { event } = useDesk();
  const messages = useEventRead('GET /api/organiser/events/{eventId}/messages');
  return (
    <>
      <Heading>{t('messages.title')}</Heading>
      <p>{t('messages.explain')}</p>
      <p>
        <a class="button" href={messageAddress(event.id, NEW_MESSAGE)}>
          {t('messages.write')}
        </a>
      </p>
      <Show of={messages}>
        {({ messages: all }) =>
          all.length === 0 ? <p class="empty">{t('messages.none')}</p> : <MessageTable messages={all} />
        }
      </Show>
    </>
  );
}

function MessageTable({ messages }: { readonly messages: readonly Summary[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <TableHead columns={[t('messages.about'), t('messages.to'), t('messages.sentAt'), t('messages.progress')]} />
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <th scope="row">
              <a href={messageAddress(event.id, message.id)}>{titleOf(message)}</a>
            </th>
            <td data-label={t('messages.to')}>{segmentText(event, message.segment)}</td>
            <td data-label={t('messages.sentAt')} class="time">
              {when(event, message.createdAt)}
            </td>
            <td data-label={t('messages.progress')}>{progressText(message)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function progressText({ written, expected, doneAt, stoppedAt }: Summary): string {
  if (stoppedAt) return t('messages.stopped');
  if (doneAt) return t('messages.allWritten', { written });
  return expected === undefined
    ? t('messages.writtenSoFar', { written })
    : t('messages.written', { written, expected });
}

import { messagePage, NEW_MESSAGE } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api/routes.ts';
import { Heading } from '../kernel/parts/heading.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { when } from '../names.ts';
import { words } from '../words.ts';
import { segmentText, titleOf } from './messages/segment-text.ts';

type Summary = AnswerOf<'GET /api/organiser/events/{eventId}/messages'>['messages'][number];

/** All that was written to many, the newest first. */
export function Messages() {
  const { api, event } = useDesk();
  const messages = useRead(event.id, () =>
    api('GET /api/organiser/events/{eventId}/messages', { params: { eventId: event.id } }),
  );
  return (
    <>
      <Heading>{words.messages.title}</Heading>
      <p>{words.messages.explain}</p>
      <p>
        <a class="button" href={messagePage(event.id, NEW_MESSAGE)}>
          {words.messages.write}
        </a>
      </p>
      <Show of={messages}>
        {({ messages: all }) =>
          all.length === 0 ? <p class="empty">{words.messages.none}</p> : <MessageTable messages={all} />
        }
      </Show>
    </>
  );
}

function MessageTable({ messages }: { readonly messages: readonly Summary[] }) {
  const { event } = useDesk();
  return (
    <table class="stacked">
      <thead>
        <tr>
          <th scope="col">{words.messages.about}</th>
          <th scope="col">{words.messages.to}</th>
          <th scope="col">{words.messages.sentAt}</th>
          <th scope="col">{words.messages.progress}</th>
        </tr>
      </thead>
      <tbody>
        {messages.map((message) => (
          <tr key={message.id}>
            <th scope="row">
              <a href={messagePage(event.id, message.id)}>{titleOf(message)}</a>
            </th>
            <td data-label={words.messages.to}>{segmentText(event, message.segment)}</td>
            <td data-label={words.messages.sentAt} class="time">
              {when(event, message.createdAt)}
            </td>
            <td data-label={words.messages.progress}>{progressText(message)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function progressText({ written, expected, doneAt, stoppedAt }: Summary): string {
  if (stoppedAt) return words.messages.stopped;
  return doneAt ? words.messages.allWritten(written) : words.messages.written(written, expected);
}

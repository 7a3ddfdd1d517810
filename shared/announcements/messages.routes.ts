import { eventParams, jsonBody, languageQuery, teamApi, UNREADABLE } from '../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../kernel/route.ts';
import {
  messageId,
  messageList,
  messagePlan,
  messagePreview,
  messageResults,
  messageSummary,
  messageTest,
  messageTestSent,
  newMessage,
  newMessageId,
  resultSearch,
} from './messages.schema.ts';

const MESSAGES = '/api/organiser/events/{eventId}/messages';
const messageParams = eventParams.extend({ messageId });

/** Writing to many: what organisers sent, or are about to send, and what became of it. */
export const MESSAGE_ROUTES = defineRoutes({
  listMessages: {
    ...teamApi('messages', ['write-to-many']),
    method: 'GET',
    path: MESSAGES,
    summary: 'All that was written to many, by organisers or by itself, and how far it has come',
    output: { 200: messageList },
    errors: ['not-permitted', 'unknown-event'],
  },
  previewMessage: {
    ...teamApi('messages', ['write-to-many']),
    method: 'POST',
    path: `${MESSAGES}/preview`,
    summary: 'How many a message would reach, who is left out, and how it reads; nothing is sent or kept',
    ...jsonBody(messagePlan, BODY_LIMIT.upload),
    output: { 200: messagePreview },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  testMessage: {
    ...teamApi('messages', ['write-to-many']),
    method: 'POST',
    path: `${MESSAGES}/test`,
    summary: "Send a message to the caller's own address, marked as a test; three an hour",
    ...jsonBody(messageTest, BODY_LIMIT.upload),
    output: { 202: messageTestSent },
    errors: ['not-permitted', 'unknown-event', 'no-own-address', 'too-many-tests', ...UNREADABLE],
  },
  sendMessage: {
    ...teamApi('messages', ['write-to-many']),
    method: 'PUT',
    path: `${MESSAGES}/{messageId}`,
    summary: 'Send a message under an id of the sender: however often it is asked for, it is sent once',
    params: eventParams.extend({ messageId: newMessageId }),
    ...jsonBody(newMessage, BODY_LIMIT.upload),
    output: { 200: messageSummary },
    errors: ['not-permitted', 'unknown-event', 'audience-changed', 'message-differs', ...UNREADABLE],
  },
  showMessage: {
    ...teamApi('messages', ['write-to-many']),
    method: 'GET',
    path: `${MESSAGES}/{messageId}`,
    summary: 'What a message said, to whom, and what became of each mail, a page at a time',
    params: messageParams,
    query: languageQuery.extend(resultSearch.shape),
    output: { 200: messageResults },
    errors: ['not-permitted', 'unknown-event', 'not-found', 'invalid-input'],
  },
  stopMessage: {
    ...teamApi('messages', ['write-to-many']),
    method: 'POST',
    path: `${MESSAGES}/{messageId}/stop`,
    summary: 'Stop what has not left yet; stopping twice is a success twice',
    params: messageParams,
    output: { 200: messageSummary },
    errors: ['not-permitted', 'unknown-event', 'not-found', 'invalid-input'],
  },
});

import * as z from 'zod';
import { eventParams, jsonBody, languageQuery, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { bulkAsked, bulkId, bulkList, bulkPreview, bulkResult, newBulk } from './bulk.schema.ts';

const PATH = '/api/organiser/events/{eventId}/bulk';
const bulkParams = eventParams.extend({ bulkId: bulkId() });

/** Bytes: 2,500 people, each with the revision that was seen. */
const BODY = 192 * 1024;

/** Changes of many registrations at once: looked at first, done in the background, and taken back until their mail leaves. */
export const BULK_ROUTES = defineRoutes({
  previewBulk: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'POST',
    path: `${PATH}/preview`,
    summary: 'What a change of many registrations would do, and whom it cannot change; nothing is changed',
    ...jsonBody(bulkAsked, BODY),
    output: { 200: bulkPreview },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  startBulk: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'POST',
    path: PATH,
    summary:
      'Change many registrations, in the background, each by itself; mail leaves two minutes after the last, of one alone ten seconds. The same again is one',
    ...jsonBody(newBulk, BODY),
    output: { 202: bulkResult },
    errors: ['not-permitted', 'unknown-event', 'bulk-differs', ...UNREADABLE],
  },
  listBulks: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'GET',
    path: PATH,
    summary: 'Changes of many registrations of the last seven days; a focal point sees their own',
    output: { 200: bulkList },
    errors: ['not-permitted', 'unknown-event'],
  },
  showBulk: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'GET',
    path: `${PATH}/{bulkId}`,
    summary: 'How far a change of many registrations is, and what became of each person',
    params: bulkParams,
    query: languageQuery.extend({ people: z.literal('true').optional() }),
    output: { 200: bulkResult },
    errors: ['not-permitted', 'not-found', 'invalid-input'],
  },
  takeBackBulk: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'POST',
    path: `${PATH}/{bulkId}/take-back`,
    summary: 'Stop a change of many registrations and take it back, before its mail leaves; twice is a success twice',
    params: bulkParams,
    output: { 202: bulkResult },
    errors: ['not-permitted', 'not-found', 'changed-meanwhile'],
  },
  leaveBulk: {
    ...teamApi('organiser', ['decide', 'cancel-people', 'change-people']),
    method: 'POST',
    path: `${PATH}/{bulkId}/leave`,
    summary:
      'Have the mail of a decision on one person leave now that its time is over; before, and of many, it changes nothing',
    params: bulkParams,
    output: { 202: bulkResult },
    errors: ['not-permitted', 'not-found', 'invalid-input'],
  },
});

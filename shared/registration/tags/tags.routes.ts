import * as z from 'zod';
import { eventParams, jsonBody, teamApi, UNREADABLE, whyHeaders } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { organiserRegistration } from '../list/registrations.schema.ts';
import { tagging, tagList, tagParams, tagWords } from './tags.schema.ts';

const PATH = '/api/organiser/events/{eventId}/tags';

/** Tags by which organisers sort adults: a list that owners write, and who has which. */
export const TAG_ROUTES = defineRoutes({
  listTags: {
    ...teamApi('organiser', ['see-people']),
    method: 'GET',
    path: PATH,
    summary: 'The tags of an event, each with its purpose',
    params: eventParams,
    output: { 200: tagList },
    errors: ['not-permitted', 'unknown-event'],
  },
  writeTag: {
    ...teamApi('organiser', ['write-tags']),
    method: 'PUT',
    path: `${PATH}/{tagId}`,
    summary: 'Make a tag, or give it another name or purpose; the same again changes nothing',
    params: tagParams,
    ...jsonBody(tagWords),
    output: { 200: tagList },
    errors: ['not-permitted', 'unknown-event', ...UNREADABLE],
  },
  removeTag: {
    ...teamApi('organiser', ['write-tags']),
    method: 'DELETE',
    path: `${PATH}/{tagId}`,
    summary: 'Remove a tag: within minutes nobody has it any more. Twice is a success twice',
    params: tagParams,
    output: { 200: tagList },
    errors: ['not-permitted', 'unknown-event'],
  },
  changeTags: {
    ...teamApi('organiser', ['change-people']),
    method: 'POST',
    path: '/api/organiser/events/{eventId}/registrations/{reference}/tags',
    summary: 'Give an adult tags that the event has, and take others away; what is not named stays',
    params: eventParams.extend({ reference: z.string() }),
    headers: whyHeaders,
    ...jsonBody(tagging),
    output: { 200: organiserRegistration },
    errors: ['not-permitted', 'why-needed', 'not-found', 'not-amendable', ...UNREADABLE],
  },
});

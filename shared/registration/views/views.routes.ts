import { eventParams, jsonBody, teamApi, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { viewList, viewParams, viewWords } from './views.schema.ts';

const PATH = '/api/organiser/events/{eventId}/views';

/** Views of the list of registrations, which the team shares. Whom a member sees in one says their reach, and nothing of the view. */
export const VIEW_ROUTES = defineRoutes({
  listViews: {
    ...teamApi('organiser', ['see-people']),
    method: 'GET',
    path: PATH,
    summary: 'The views that the team saved, with what the member may see of each',
    params: eventParams,
    output: { 200: viewList },
    errors: ['not-permitted', 'unknown-event'],
  },
  writeView: {
    ...teamApi('organiser', ['see-people']),
    method: 'PUT',
    path: `${PATH}/{viewId}`,
    summary: 'Save a view, or what it is called or shows: its writer or an owner; the same again changes nothing',
    params: viewParams,
    ...jsonBody(viewWords),
    output: { 200: viewList },
    errors: ['not-permitted', 'unknown-event', 'not-found', ...UNREADABLE],
  },
  removeView: {
    ...teamApi('organiser', ['see-people']),
    method: 'DELETE',
    path: `${PATH}/{viewId}`,
    summary: 'Delete a view: its writer or an owner. Twice is a success twice',
    params: viewParams,
    output: { 200: viewList },
    errors: ['not-permitted', 'unknown-event'],
  },
});

import { CALLED_OFF, formFields, LINK, languageQuery, linkParams, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT } from '../../kernel/limits.ts';
import { defineRoutes } from '../../kernel/route.ts';
import { guardianForm } from '../../registration/apply/submission.schema.ts';

/** What a minor does on their registration’s pages until it is complete. */
export const YOUNG_ROUTES = defineRoutes({
  showGuardian: {
    method: 'GET',
    path: '/m/{token}/guardian',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary: 'Where someone under 18 says who else is to be asked for consent: first a button that mails a code',
    params: linkParams,
    query: languageQuery,
    errors: [...LINK, 'not-amendable', ...CALLED_OFF],
  },
  postGuardian: {
    method: 'POST',
    path: '/m/{token}/guardian',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary: 'Mail the code: 303 back to the page; or, with it, ask someone else: 303 to the registration, or 422',
    params: linkParams,
    query: languageQuery,
    body: guardianForm,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  showComplete: {
    method: 'GET',
    path: '/m/{token}/complete',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary:
      'The rest of the questions for someone under 18 whose guardian has agreed; 303 before that, and once they are answered',
    params: linkParams,
    query: languageQuery,
    statuses: [200, 303],
    errors: LINK,
  },
  postComplete: {
    method: 'POST',
    path: '/m/{token}/complete',
    function: 'attendee-care',
    kind: 'page',
    auth: 'registration',
    summary: 'Answer them: 303 to the page of the registration, or 422 with the form again',
    params: linkParams,
    query: languageQuery,
    body: formFields,
    bodyFormat: 'form',
    bodyLimit: BODY_LIMIT.form,
    statuses: [303],
    errors: [...LINK, 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
});

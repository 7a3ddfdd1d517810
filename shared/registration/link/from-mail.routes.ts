import {
  CALLED_OFF,
  formBody,
  holderPage,
  LINK,
  languageQuery,
  linkParams,
  pressed,
  UNREADABLE,
} from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import { unsubscribe } from '../self-service.schema.ts';

/** What links in mail lead to: pages with one button, since mail scanners follow links. */
export const FROM_MAIL_ROUTES = defineRoutes({
  showCancel: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/m/{token}/cancel',
    summary:
      'What it means not to come, and the button that cancels; 303 to the registration where nothing is left to give up',
    statuses: [200, 303],
    errors: LINK,
  },
  showOnline: {
    ...holderPage('attendee'),
    method: 'GET',
    path: '/m/{token}/online',
    summary:
      'What changes for someone with a seat in the room who takes part online instead, and a button; for others 303',
    statuses: [200, 303],
    errors: LINK,
  },
  postOnline: {
    ...holderPage('attendee'),
    method: 'POST',
    path: '/m/{token}/online',
    summary: 'Take part online instead: 303 to the registration, or to the form that asks what else it takes',
    ...formBody(pressed('online')),
    statuses: [303],
    errors: [...LINK, 'no-online-seat', 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  showUnsubscribe: {
    method: 'GET',
    path: '/u/{token}',
    function: 'attendee',
    kind: 'page',
    auth: 'mailbox',
    summary: 'A page with a button that stops mail which its reader can do without',
    params: linkParams,
    query: languageQuery,
    errors: ['link-not-valid'],
  },
  postUnsubscribe: {
    method: 'POST',
    path: '/u/{token}',
    function: 'attendee',
    kind: 'page',
    auth: 'mailbox',
    summary: 'Stop it at once, as mailboxes do in one click (RFC 8058), or take that back',
    params: linkParams,
    query: languageQuery,
    body: unsubscribe,
    bodyFormat: 'form',
    orUpload: true,
    bodyLimit: BODY_LIMIT.form,
    errors: ['link-not-valid', ...UNREADABLE],
  },
});

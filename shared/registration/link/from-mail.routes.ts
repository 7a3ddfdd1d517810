import { CALLED_OFF, formBody, LINK, linkPage, pressed, UNREADABLE } from '../../kernel/http/parts.schema.ts';
import { BODY_LIMIT, defineRoutes } from '../../kernel/route.ts';
import { pressedAddress, unsubscribe } from '../self-service.schema.ts';

/** What links in mail lead to: pages with one button, since mail scanners follow links. */
export const FROM_MAIL_ROUTES = defineRoutes({
  showCancel: {
    ...linkPage('attendee', 'registration'),
    method: 'GET',
    path: '/m/{token}/cancel',
    summary:
      'What it means not to come, and the button that cancels; 303 to the registration where nothing is left to give up',
    statuses: [200, 303],
    errors: LINK,
  },
  showOnline: {
    ...linkPage('attendee', 'registration'),
    method: 'GET',
    path: '/m/{token}/online',
    summary:
      'What changes for someone with a seat in the room who takes part online instead, and a button; for others 303',
    statuses: [200, 303],
    errors: LINK,
  },
  postOnline: {
    ...linkPage('attendee', 'registration'),
    method: 'POST',
    path: '/m/{token}/online',
    summary: 'Take part online instead: 303 to the registration, or to the form that asks what else it takes',
    ...formBody(pressed('online')),
    statuses: [303],
    errors: [...LINK, 'no-online-seat', 'not-amendable', ...CALLED_OFF, ...UNREADABLE],
  },
  showAddressLink: {
    ...linkPage('attendee', 'address'),
    method: 'GET',
    path: '/a/{token}',
    summary: 'A page with a button that confirms a new address, or, for the former one, undoes the change',
    errors: ['address-link-not-valid'],
  },
  postAddressLink: {
    ...linkPage('attendee', 'address'),
    method: 'POST',
    path: '/a/{token}',
    summary: 'Do it: 303 to the registration, or back to the page where it was done before',
    ...formBody(pressedAddress),
    statuses: [303],
    errors: ['address-link-not-valid', 'not-amendable', 'event-cancelled', 'registered-anew', ...UNREADABLE],
  },
  showUnsubscribe: {
    ...linkPage('attendee', 'mailbox'),
    method: 'GET',
    path: '/u/{token}',
    summary: 'A page with a button that stops mail which its reader can do without',
    errors: ['link-not-valid'],
  },
  postUnsubscribe: {
    ...linkPage('attendee', 'mailbox'),
    method: 'POST',
    path: '/u/{token}',
    summary: 'Stop it at once, as mailboxes do in one click (RFC 8058), or take that back',
    body: unsubscribe,
    bodyFormat: 'form',
    orUpload: true,
    bodyLimit: BODY_LIMIT.form,
    errors: ['link-not-valid', ...UNREADABLE],
  },
});

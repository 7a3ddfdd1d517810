import type { Route } from '../route.ts';
import type { RouteId } from '../routes.ts';

/** Of the document as a whole: what no single operation says. */
export const ABOUT = `Registration, check-in and feedback for multi-stakeholder events.

Problems are RFC 9457 documents with a stable \`type\`; pages answer the same problems as HTML. A declared path that is asked with a method which it does not have is 405 with \`Allow\`. HEAD is answered like GET, without a body. API Gateway answers some requests by itself, as JSON with a \`message\` and no \`type\`: 401 without a valid access token on routes of organisers, 404 for unknown paths, 429 and 503 where there are too many requests.

\`Accept-Language\` and \`lang\` choose the language of pages and of the words in problems. Tickets are described in docs/tickets.md.`;

type Auth = Exclude<Route['auth'], 'public'>;

/** What opens the operations of each kind of caller. */
export const CREDENTIALS: Readonly<Record<Auth, string>> = {
  registration: 'The token of the manage link that an attendee was mailed; it ends where the link is replaced.',
  guardian: "The token of the link that a minor's guardian was mailed.",
  coordinator: 'The token of the link that the coordinator of a delegation was mailed.',
  unconfirmed: 'The token of a mailed link that confirms a form; it works for 24 hours.',
  mailbox: 'The token of the link in a mail that stops mail one can do without.',
  feedback: 'A token that says that somebody attended, and opens nothing of their registration.',
  device:
    'The device token that a check-in device got for its enrolment code; it reaches what that device is for, until its shift ends.',
  organiser:
    'An access token of the OpenID provider that `/api/console-config` names. It says who someone is; what they may do are their roles in the event.',
};

/** Of parameters, by name; that of a `token` in a path is its credential's. */
export const PARAMETERS: Readonly<Record<string, string>> = {
  eventId: 'The event: lower-case letters, digits and hyphens.',
  reference: 'The short reference of a registration, ten characters; of a report on `/reports`, its own.',
  sessionId: 'A session of the event.',
  member: 'One person of a delegation, as its page names them.',
  memberId: 'A member of the team, as `listRoles` names them.',
  invitationId: 'An invitation, as its list names it.',
  quotaId: 'A quota of the event.',
  messageId: 'An announcement: 128 random bits in base64url, chosen by whoever sends it; others are named by the list.',
  listId: 'A check-in list.',
  ticket: 'The first 128 bits of the SHA-256 of a ticket, in base64url, as the inbox names it.',
  deviceId: 'A check-in device.',
  form: 'A feedback form: `event`, or `session-` and the id of a session.',
  formId: 'A feedback form: `event`, or `session-` and the id of a session.',
  lang: 'The language to answer in, a BCP 47 tag; it goes before `Accept-Language`.',
  'idempotency-key': 'Of this attempt: the same again changes nothing. Without one, the body stands for it.',
  done: 'What was just done, for the page to say.',
  sent: 'What was just sent, for the page to say.',
  code: 'An invitation code, to be filled in.',
  q: 'Words, or the beginnings of words, of a name or an organisation; an address where those are shown; a reference.',
  status: 'Only registrations of this status.',
  category: 'Only people of this category.',
  mode: 'Only people who take part in this way.',
  country: 'Only people of this country: ISO 3166-1 alpha-2.',
  overdue: 'Only whoever has waited for a decision longer than they were told.',
  unreached: 'Only whoever no mail reaches.',
  order: 'The newest first where it is absent.',
  cursor: 'The `next` of the page before.',
  after: 'The `next` of the page before.',
  state: 'Only mails of this state.',
  since: 'The `cursor` of the answer before; all there is where it is absent.',
};

const NAMES_OF_PEOPLE =
  'Names, position and organisation have limits in letters as readers count them: 120 a name, 160 position and organisation.';
const DEFINED =
  'Category, mode, days, sessions, language, answers and consents are those of the event’s definition (`getEvent`).';

/** What an operation refuses as `invalid-input` although its schema allows it: what only the event, or the moment, can say. */
export const LIMITS: Partial<Readonly<Record<RouteId, string>>> = {};
export { DEFINED, NAMES_OF_PEOPLE };

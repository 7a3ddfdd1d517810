import type { Route } from './kernel/route.ts';
import { type PersonText, TEXT_LIMIT } from './registration/apply/form-words.ts';
import type { RouteId } from './routes.ts';

/** The document as a whole: what no single operation says. */
export const ABOUT = [
  ['Registration, check-in and feedback for multi-stakeholder events.'],
  [
    'Problems are RFC 9457 documents with a stable `type`; pages answer the same problems as HTML.',
    'A declared path that is asked with a method which it does not have is 405 with `Allow`.',
    'HEAD is answered like GET, without a body. Paths that are not there are `not-found` below `/api/`, and a page elsewhere.',
    'Some requests are answered with JSON that has a `message` and no `type`: 401 without a valid access token on routes of organisers,',
    '429 and 503 where there are too many requests, 403 for whatever did not come by the address of the site.',
  ],
  [
    '`Accept-Language` and `lang` choose the language of pages and of the words in problems.',
    'Tickets are described in docs/tickets.md.',
  ],
]
  .map((sentences) => sentences.join(' '))
  .join('\n\n');

type Auth = Exclude<Route['auth'], 'public'>;

/** What opens the operations of each kind of caller. */
export const CREDENTIALS: Readonly<Record<Auth, string>> = {
  registration: 'The token of the manage link that an attendee was mailed; it ends where the link is replaced.',
  guardian: "The token of the link that a minor's guardian was mailed.",
  coordinator: 'The token of the link that the coordinator of a delegation was mailed.',
  unconfirmed: 'The token of a mailed link that confirms a form; it works for 24 hours.',
  address:
    'The token of a mailed link that confirms a new address, for 24 hours, or undoes the change, for three days.',
  mailbox: 'The token of the link in a mail that stops mail one can do without.',
  feedback: 'A token that says that its bearer attended, and opens nothing of their registration.',
  device:
    'The device token that a check-in device got for its enrolment code; it reaches what that device is for, until its shift ends.',
  canary:
    'What the command line made for the canary of a deployment: it opens what is registered at the mailbox simulator of SES in its own event.',
  organiser:
    'An access token of the OpenID provider that `/api/console-config` names. It says who someone is; what they may do are their roles in the event.',
};

const COUNTRY_CODE = 'ISO 3166-1 alpha-2, XK for Kosovo, ZZ for another place, or a code that the event adds';

/** Texts of parameters, by name; that of a `token` in a path is its credential's. */
export const PARAMETERS: Readonly<Record<string, string>> = {
  eventId: 'The event: lower-case letters, digits and hyphens.',
  reference: 'The short reference of a registration, ten characters; of a report on `/reports`, its own.',
  sessionId: 'A session of the event.',
  member: 'One person of a delegation, as its page names them.',
  memberId: 'A member of the team, as `listRoles` names them.',
  invitationId: 'An invitation, as its list names it.',
  quotaId: 'A quota of the event.',
  messageId: 'An announcement: 128 random bits in base64url, chosen by its sender; others are named by the list.',
  noteId: 'A note on the person: 8 letters a to z and digits, chosen by the member who writes it.',
  tagId: 'A tag of the event: 8 letters a to z and digits, chosen by the member who makes it.',
  viewId: 'A saved view: 8 letters a to z and digits, chosen by the member who makes it.',
  bulkId: 'A change of many registrations: 128 random bits in base64url, chosen by its sender.',
  people: '`true`: with what became of each person.',
  listId: 'A check-in list.',
  who: 'Of this member of the team, as `listRoles` names them, of `device` and its id, or of the `command-line`.',
  kind: 'Of one kind.',
  from: 'From this day on, in the event’s time zone.',
  to: 'Until the end of this day, in the event’s time zone.',
  before: 'The `next` of the page before.',
  list: 'A check-in list; the board is of what is on, or comes next, where it is absent.',
  groupBy: 'By what people are told apart; where the event has none of it, in another way.',
  group: 'The id of a group of the board: of it alone.',
  day: 'A day of the event, by its id: of a list for the whole event, that day alone is told of.',
  ticket: 'The first 128 bits of the SHA-256 of a ticket, in base64url, as the inbox names it.',
  deviceId: 'A check-in device.',
  handOverId:
    'What a phone handed over. Of a file: 128 bits in base64url, made from it, so that the same file is the same; of what a phone sent: its own id.',
  form: 'A feedback form: `event`, or `session-` and the id of a session.',
  formId: 'A feedback form: `event`, or `session-` and the id of a session.',
  lang: 'The language to answer in, a BCP 47 tag; it goes before `Accept-Language`.',
  'idempotency-key': 'Of this attempt: the same again changes nothing. Without one, the body stands for it.',
  'plenary-why':
    'Why the record is looked at, percent-encoded, at most 160 graphemes: where it is of someone under 18, none is shown without it, and it is noted.',
  done: 'What was just done, for the page to say.',
  sent: 'What was just sent, for the page to say.',
  asks: 'What a mail asked its reader, which then stands first on the page: `coordinator`.',
  by: 'How people are added: by `names` or from a `table`; the page asks where it is absent.',
  code: 'An invitation code, to be filled in.',
  q: 'Words, or the beginnings of words, of a name or an organisation; an address where those are shown; a reference.',
  status: 'Only registrations of this status.',
  category: 'Only people of this category.',
  mode: 'Only people who take part in this way.',
  country: `Only people of this country: ${COUNTRY_CODE}.`,
  overdue: 'Only applicants who have waited for a decision longer than they were told.',
  unreached: 'Only attendees whom no mail reaches.',
  order: 'The newest first where it is absent.',
  cursor: 'The `next` of the page before; of people its `cursor`, which alone asks what changed since the last page.',
  revision: 'As it was when it was read: what another member changed since is not changed by one who has not seen it.',
  after: 'The `next` of the page before.',
  only: '`adult`: someone under 18 is not found, and no look at them is noted. For what is read before anyone looks at it.',
  part: 'The first character of references: whose begin with it are told of alone, where all are too many for one answer.',
  state: 'Only mails of this state.',
  since: 'The `cursor` of the answer before; all there is where it is absent.',
};

const LETTERS = 'counted in graphemes, letters as readers count them';
const names = (...fields: readonly PersonText[]): string =>
  `names and texts, ${LETTERS}, have a letter or digit and no emoji, and at most: ${fields
    .map((field) => `\`${field}\` ${TEXT_LIMIT[field]}`)
    .join(', ')};`;
const WHO = ['honorific', 'fullName', 'badgeName', 'nativeName', 'position'] as const satisfies PersonText[];
const NAMES = names(...WHO, 'organisation');
const EMAIL = '`email` is an address of at most 254 characters, ASCII before the @;';
const CHOICES = '`category`, `mode`, `days`, `sessions`, `closedSessions`, `language`, `answers`';
const OF_DEFINITION = 'are those of the event’s definition and of what else is chosen;';
const OF_EVENT = `${CHOICES} and \`consents\` ${OF_DEFINITION}`;
const LANGUAGE = '`language` is one of the event’s.';
const COUNTRY = `\`country\` is one that the event offers: ${COUNTRY_CODE};`;

const same = (id: RouteId): string =>
  `what \`${id}\` refuses, in fields of the same names; the page comes again with what has to change.`;
const ERASING = '`confirm` is ticked where `action` erases.';

const HANDOVER =
  '`handover` says whether the young person may leave alone, its names have at most 100 graphemes with letters among them, ' +
  'and nobody both may fetch and must not.';

const BOARD = '`day` is one of the event, and of the `list`, which it needs.';

const TAG = '`tag` is there where people get or lose one, and one that the event has where they get it';

const DEFINITION =
  'the definition is what docs/event-file.schema.json and docs/event-file.md ask of an event’s file; `id` and `status` are those of the ' +
  'published one, and so is whom reports reach by `safeguarding`. Paths are positions in it, as in days.0.start.';

const SESSION = '`session` is there where people are added to one, and one that the form offers';

const REASON = '`reason` is one that the event has, or the product where the event names none';

const WHO_CAME = '`day` is one of the event, and of the list where that is for one.';

const AUDIT = '`reference` is one, with its check character, or empty; `to` is no day before that of *from*.';

const FOR_HOLDER = [
  `${NAMES} ${COUNTRY} ${CHOICES} ${OF_DEFINITION} \`answers\` are to questions that the member reads;`,
  '`withdrawn` names consents of the event that attendance does not depend on; what the form requires cannot be emptied; a member',
  'whose role reaches some people keeps these.',
].join(' ');

/**
 * What an operation refuses as `invalid-input` although its schema allows it: what only the event or the moment can say, and lengths
 * that are counted in graphemes. Each field that is meant stands in backticks.
 */
export const LIMITS: Partial<Readonly<Record<RouteId, string>>> = {
  submitRegistration: [
    `${EMAIL} ${NAMES} ${COUNTRY} ${OF_EVENT} of someone under 18, \`name\` has 100 graphemes,`,
    'and `guardian` is reached by email or signs on paper, not both; `invitation` is a code that lets this person in.',
  ].join(' '),
  recoverLink: EMAIL,
  amendRegistration: `${NAMES} ${COUNTRY} ${OF_EVENT} what the form requires cannot be emptied.`,
  replaceNeeds: '`answers` are to the event’s questions of care, each of its type and length.',
  addNeeds:
    '`answers` has one at least, each as that question asks; more is added to fewer than 20 answers of one person.',
  giveConsent: [
    '`consents` are those that a guardian is asked, in the versions that were shown, each that attendance depends on among them;',
    '`consent` is one that it does not depend on; `phone` is a number with its country code, which agreeing needs;',
    HANDOVER,
  ].join(' '),
  issueFeedbackToken: '`blinded` is below the modulus of the key.',
  sendFeedback:
    '`answers` are to the questions of the form, one at least, each of its type and length; `mode` is one that events have, or other.',
  proposeFactorReset: EMAIL,
  changeRoles: `\`grants\` are as those of an invitation. ${EMAIL} Roles of safeguarding become no less.`,
  inviteToRoles: [
    `${EMAIL} \`grants\`: an approver has countries, organisations or categories of the event, a choice of ticks has these, no other set has;`,
    'countries are ISO 3166-1 alpha-2, XK for Kosovo, or a code that events may add; `label` is not blank.',
  ].join(' '),
  addRegistration: `${EMAIL} ${NAMES} ${COUNTRY} \`category\`, \`mode\` and \`days\` are those of the event; ${LANGUAGE}`,
  registerOnBehalf:
    `${EMAIL} ${NAMES} ${COUNTRY} ${OF_EVENT} \`ageBand\` is adult, and the person is of those whom the member looks after; ` +
    '`consents` are all that the event requires and no other; an address has one registration.',
  listReports: '`cursor` is that of the page before.',
  listWhoCame: WHO_CAME,
  exportWhoCame: WHO_CAME,
  showArrivalBoard: BOARD,
  projectArrivals: BOARD,
  nameNotYetHere: BOARD,
  decideRegistration: `\`note\` has at most 500 graphemes; ${REASON}.`,
  askApplicant:
    '`text` has 10 to 500 graphemes; one question is open at a time, and a person is asked three times at most.',
  handOver: '`to` is a member who may decide on the applicant; `note` has at most 200 graphemes on one line.',
  previewBulk: `${TAG}; ${SESSION}.`,
  startBulk:
    `\`note\` has at most 500 graphemes; ${REASON}; \`confirm\` is how many are sent, ` +
    `where more than ten are declined or cancelled; ${TAG}; ${SESSION}; ` +
    '`people` has one at least whom the member may see; with `isSingle` it has one person, and no tag or session.',
  writeTag:
    '`name` has 1 to 40 graphemes, `purpose` 1 to 200, each on one line; no two names are alike, and an event has at most 40 tags.',
  writeNote: '`text` has 1 to 500 graphemes; a person has at most 20 notes.',
  changeTags: '`set` names tags that the event has.',
  greetPerson: '`why` has 1 to 140 graphemes on one line; an event has at most 50 people to greet.',
  writeView:
    '`name` has 1 to 60 graphemes on one line; no two names are alike, and an event has at most 50 views. `shown` names fields that the ' +
    'member has in a list, and filters values that they list, or bounds of numbers or days: no text; as JSON at most 2,000 characters.',
  substituteRegistration: `${EMAIL} ${names(...WHO)} ${LANGUAGE}`,
  correctAddress: EMAIL,
  moveUpInLine: '`reason` has 1 to 200 graphemes on one line.',
  previewAmendment: FOR_HOLDER,
  amendPerson: FOR_HOLDER,
  correctName: names('fullName', 'nativeName'),
  changeRegistrationWindow:
    '`opensAt` is in a year from 2000 on; `closesAt` is after registration opens, and on the last day at the latest; `proveWithin` is 72 hours at least.',
  changeEventStatus:
    '`status` fits the event: it moves online only where it offers that; `firstDay` keeps all days in order.',
  changeSession:
    '`session` fits the event: its day, its groups, texts in each of its languages and no other, an end after its start, an https address.',
  copyEvent:
    '`id` is that of no event, and never was; `title` is in each language of the event and no other, and so is `shortTitle`, which leaves ' +
    'room in subjects of mails; `firstDay` is to come, or today.',
  checkDefinition: DEFINITION,
  replaceDefinition: DEFINITION,
  makeInvitation: `${EMAIL} \`validUntil\` is to come; \`category\` is one of the event’s; \`label\` and \`organisation\` are not blank.`,
  previewMessage:
    '`segment` names categories and sessions of the event; `words` are in its languages, with a subject of at most 150 graphemes and a text of at most 5,000.',
  testMessage:
    '`language` is one of the event’s; `words` have a subject of at most 150 graphemes and a text of at most 5,000.',
  sendMessage:
    '`segment` names categories and sessions of the event; `words` are in its languages, its first among them, ' +
    'with a subject of at most 150 graphemes and a text of at most 5,000.',
  putHandout:
    '`name` has 1 to 80 graphemes; `listId` is of no check-in list, and of no session; `categories` are those of the event; ' +
    '`often` and `isLent` stay once it was handed out.',
  putCheckInList:
    '`name` has at most 80 graphemes; `place` and `categories` are those of the event; `closesAt` is after the list opens, ' +
    '`opensAt` before it closes; `place` and `passing` stay once people were counted.',
  offerEnrolment:
    '`name` has 1 to 80 graphemes; `lists` are there; `endsAt` is to come, and 14 days after the event at the latest; ' +
    '`vettedUntil` is the last day of the event or later, and only where `phones` is 1.',
  decideConflict: '`note` has at most 500 graphemes.',
  markCame:
    '`at` is not in the future, and not before 2020; `why` is one line of at most 800 graphemes, and not blank.',
  bringHandOver:
    '`device` is a phone that the event knows; `scans` has one that can be read at least, in the first part of a file.',
  changeForm: '`kind` and `at` fit what the form is about: it opens after that began, and before its last moment.',
  recordPaper:
    '`consents` are those that a guardian is asked, in the versions of the form; `signedBy` has 1 to 100 graphemes; ' +
    '`signedOn` is not to come; `phone` is a number with its country code.',
  noteHandover: HANDOVER,
  reopenHandoverCode: '`why` has 1 to 160 graphemes.',
  nameChaperone:
    '`chaperone` is the reference of a confirmed adult who comes in person, and looks after fewer people than one may.',
  askChaperone: '`chaperone` is the reference of a confirmed adult who comes in person.',
  withdrawForGuardian: '`consent` is one that a guardian is asked and that attendance does not depend on.',
  listAudit: AUDIT,
  exportAudit: AUDIT,
  stepReport: '`note` has at most 1,000 graphemes.',
  searchPeople: '`q` has one character at least, spaces around it apart.',
  postForm: same('submitRegistration'),
  postYoungForm: same('submitRegistration'),
  postFind: same('recoverLink'),
  postRegistration: ERASING,
  postAmend: same('amendRegistration'),
  postAddress: '`code` is the one that was mailed; `email` is another address than the one before.',
  postGuardian: '`code` is the one that was mailed; the fields of the guardian are those of `submitRegistration`.',
  postComplete: same('submitRegistration'),
  postNeeds: same('replaceNeeds'),
  postDelegationStart: `${EMAIL} ${LANGUAGE}`,
  postDelegation: ERASING,
  postPeople: 'what `submitRegistration` refuses, of each row of the table.',
  postSubstitute: same('substituteRegistration'),
  postConsent: same('giveConsent'),
  postReport: '`what` is not blank and has at most 5,000 graphemes, `contact` at most 300.',
  postFeedbackForm: same('sendFeedback'),
  postMyFeedback: same('sendFeedback'),
};

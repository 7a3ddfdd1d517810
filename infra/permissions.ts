import type { FunctionName } from '../shared/env.ts';

/** What a function may be given access to. */
export type ResourceName =
  | 'registry'
  | 'registryChanges'
  | 'guards'
  | 'events'
  | 'feedbackTokens'
  | 'outbox'
  | 'audit'
  | 'outboxDue'
  | 'outboxAbout'
  | 'outboxFates'
  | 'outboxAccount'
  | 'outboxStream'
  | 'outboxFailures'
  | 'care'
  | 'feedback'
  | 'feedbackShown'
  | 'feedbackOpened'
  | 'feedbackEnds'
  | 'careUnseen'
  | 'careKey'
  | 'secretsKey'
  | 'feedbackKey'
  | 'answersKey'
  | 'ticketKey'
  | 'mail'
  | 'mailAccount'
  | 'mailSender'
  | 'userPool';

export interface Resource {
  readonly arns: readonly string[];
  /** IAM conditions under which access is given. */
  readonly conditions?: Readonly<Record<string, unknown>>;
}

type Permissions = Readonly<Partial<Record<ResourceName, readonly `${string}:${string}`[]>>>;

const READ_STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
] as const;

/** DynamoDB opens a table's key with the caller's own permissions. */
const OPEN_CARE = ['kms:Decrypt', 'kms:DescribeKey'] as const;

/** Who may do what with which resource: exact actions, and nothing that a function does not do. */
export const PERMISSIONS: Readonly<Record<FunctionName, Permissions>> = {
  site: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
  },
  registration: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    outbox: ['dynamodb:PutItem'],
    careUnseen: ['dynamodb:PutItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
  },
  attendee: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    // What is kept of someone's needs and guardian goes with their registration; nothing of it is read or written.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
  },
  // What someone says of their needs and guardian is written, and not read. It signs no ticket.
  'attendee-care': {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    careUnseen: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
  },
  // It reads alone: where people came is told elsewhere, and an organiser takes a certificate back.
  certificates: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    secretsKey: ['kms:GenerateMac'],
  },
  delegation: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    outbox: ['dynamodb:PutItem'],
    // What is kept of someone's needs goes with their place; nothing of it is read.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
    // Tickets are printed for people without an address: it signs with this key alone, and verifies nothing.
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
  },
  care: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    outbox: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
    care: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    audit: ['dynamodb:PutItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
  },
  checkin: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    // Phones verify tickets; they are signed elsewhere.
    ticketKey: ['kms:GetPublicKey'],
    registryChanges: ['dynamodb:Query'],
    audit: ['dynamodb:PutItem'],
  },
  organiser: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      // A role is given only while everyone who stands for it still may.
      'dynamodb:ConditionCheckItem',
    ],
    outbox: ['dynamodb:PutItem'],
    // How many messages wait, how the SES account stands, and what became of the mail about someone: no address is read.
    outboxDue: ['dynamodb:Query'],
    outboxAccount: ['dynamodb:GetItem'],
    outboxAbout: ['dynamodb:Query'],
    outboxFates: ['dynamodb:GetItem'],
    audit: ['dynamodb:PutItem'],
    // Whoever is declined, or lets someone else come, leaves nothing there.
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: OPEN_CARE,
    secretsKey: ['kms:GenerateMac'],
    // A lost second factor, once two organisers said so: whose it is, that it goes, and that sessions end with it.
    userPool: ['cognito-idp:ListUsers', 'cognito-idp:AdminDeleteSoftwareToken', 'cognito-idp:AdminUserGlobalSignOut'],
  },
  messages: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    // What became of each mail, and how fast mail leaves.
    outbox: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
    audit: ['dynamodb:PutItem'],
    secretsKey: ['kms:GenerateMac'],
  },
  // It keeps scans that an organiser has count, as the phones' own function does.
  doors: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:ConditionCheckItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    ],
    registryChanges: ['dynamodb:Query'],
    // Who is of safeguarding is mailed of a phone that shows names of children.
    outbox: ['dynamodb:PutItem'],
    audit: ['dynamodb:PutItem'],
  },
  // Who attended, and what was signed for them unseen. What somebody answers without a script is locked away here, and cannot be opened again.
  'feedback-tokens': {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    feedbackTokens: ['dynamodb:PutItem'],
    feedback: ['dynamodb:PutItem'],
    answersKey: ['kms:Encrypt'],
    secretsKey: ['kms:GenerateMac'],
    // Nobody else can sign a token, or tell who was given one.
    feedbackKey: ['kms:Decrypt', 'kms:Encrypt'],
  },
  // Answers, the keys that tokens are checked with, and what is asked; never a person. What was taken cannot be opened by who took it.
  feedback: {
    events: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
    feedback: ['dynamodb:PutItem'],
    answersKey: ['kms:Encrypt'],
  },
  'feedback-results': {
    // What is set of forms is written; who came where is read, person by person where counts cannot tell.
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem'],
    // What is shown is written; answers are opened by fives, deleted with that, and never written.
    feedbackShown: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    feedbackOpened: ['dynamodb:Query', 'dynamodb:DeleteItem'],
    answersKey: ['kms:Decrypt', 'kms:Encrypt'],
    audit: ['dynamodb:PutItem'],
  },
  housekeeping: {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      // Where an event moves, all that is kept of it has another end, and locks are in no list.
      'dynamodb:Scan',
    ],
    outbox: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      // What the stream gave up on is in no index.
      'dynamodb:Scan',
    ],
    careUnseen: ['dynamodb:DeleteItem'],
    careKey: OPEN_CARE,
    // Until when answers are kept, and nothing of what is in them.
    feedbackEnds: ['dynamodb:Scan', 'dynamodb:UpdateItem'],
    registryChanges: ['dynamodb:Query'],
    outboxDue: ['dynamodb:Query'],
    outboxStream: READ_STREAM,
    outboxFailures: ['sqs:SendMessage'],
    secretsKey: ['kms:GenerateMac'],
    // The list of tickets that admit nobody any more.
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
    mailAccount: ['ses:GetAccount'],
    mailSender: ['ses:GetEmailIdentity'],
  },
  'mail-events': {
    registry: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    outbox: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    outboxFailures: ['sqs:SendMessage'],
  },
  outbox: {
    registry: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    guards: ['dynamodb:PutItem'],
    outbox: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    outboxDue: ['dynamodb:Query'],
    outboxStream: READ_STREAM,
    outboxFailures: ['sqs:SendMessage'],
    secretsKey: ['kms:GenerateMac'],
    ticketKey: ['kms:Sign', 'kms:GetPublicKey'],
    mail: ['ses:SendRawEmail'],
    mailAccount: ['ses:GetSendQuota'],
  },
};

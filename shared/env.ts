/**
 * The names of environment variables, shared by the construct that sets them and the function that reads them.
 * Endpoints are not among them: the AWS SDK itself honours `AWS_ENDPOINT_URL_*`, which is all that differs locally.
 */
export const ENVIRONMENT = {
  registryTable: 'REGISTRY_TABLE',
  outboxTable: 'OUTBOX_TABLE',
  /** Who did, saw or exported what: functions may only add to it. */
  auditTable: 'AUDIT_TABLE',
  careTable: 'CARE_TABLE',
  /** Answers, with nobody beside them. */
  feedbackTable: 'FEEDBACK_TABLE',
  /** KMS HMAC key (HMAC_256): the root of links, locks and idempotency keys. */
  secretsKey: 'SECRETS_KEY_ID',
  /** KMS key of feedback alone: seals the keys of forms, and with other words what was answered. */
  feedbackKey: 'FEEDBACK_KEY_ID',
  /** KMS Ed25519 key that signs tickets. */
  ticketKey: 'TICKET_KEY_ID',
  /** Public keys that tickets were signed with before and that are trusted still: a JSON list of base64url, 32 bytes each. */
  formerTicketKeys: 'FORMER_TICKET_KEYS',
  /** What CloudFront shows to be let in, of each generation that is taken: a JSON list of base64url, 32 bytes each. */
  originKeys: 'ORIGIN_KEYS',
  /** `https://host`, no slash at the end: what links in mail begin with. */
  siteUrl: 'SITE_URL',
  /** The id of the event that the site's bare address leads to. */
  homeEvent: 'HOME_EVENT',
  mailFrom: 'MAIL_FROM',
  configurationSet: 'MAIL_CONFIGURATION_SET',
  /** Of the OpenID provider where organisers sign in: `https://host/path`, no slash at the end unless it is part of it. */
  oidcIssuer: 'OIDC_ISSUER',
  oidcClientId: 'OIDC_CLIENT_ID',
  /** What the console asks the provider for, separated by spaces. */
  oidcScope: 'OIDC_SCOPE',
  /** The id of our own Cognito user pool, whose second factors two organisers reset; `NO_USER_POOL` where another provider takes its place. */
  userPool: 'USER_POOL_ID',
} as const;
export type EnvironmentKey = keyof typeof ENVIRONMENT;

/** A variable is never empty. */
export const NO_USER_POOL = 'none';

/** What each function needs from its environment: no more, no less (a test compares it with the templates). */
export const FUNCTION_ENVIRONMENT = {
  site: ['originKeys', 'registryTable', 'homeEvent', 'mailFrom', 'oidcIssuer', 'oidcClientId', 'oidcScope'],
  registration: ['originKeys', 'registryTable', 'outboxTable', 'careTable', 'secretsKey', 'mailFrom'],
  attendee: ['originKeys', 'registryTable', 'outboxTable', 'careTable', 'secretsKey', 'ticketKey'],
  'attendee-care': ['originKeys', 'registryTable', 'outboxTable', 'careTable', 'secretsKey'],
  certificates: ['originKeys', 'registryTable', 'secretsKey', 'siteUrl'],
  delegation: ['originKeys', 'registryTable', 'outboxTable', 'careTable', 'secretsKey', 'ticketKey', 'mailFrom'],
  checkin: ['originKeys', 'ticketKey', 'formerTicketKeys', 'registryTable', 'auditTable', 'siteUrl'],
  care: ['originKeys', 'registryTable', 'outboxTable', 'auditTable', 'careTable', 'secretsKey'],
  organiser: [
    'originKeys',
    'registryTable',
    'outboxTable',
    'auditTable',
    'careTable',
    'secretsKey',
    'siteUrl',
    'oidcIssuer',
    'userPool',
  ],
  doors: ['originKeys', 'registryTable', 'outboxTable', 'auditTable', 'siteUrl'],
  'feedback-tokens': ['originKeys', 'registryTable', 'feedbackTable', 'secretsKey', 'feedbackKey'],
  feedback: ['originKeys', 'registryTable', 'feedbackTable', 'feedbackKey'],
  'feedback-results': ['originKeys', 'registryTable', 'auditTable', 'feedbackTable', 'feedbackKey'],
  housekeeping: ['registryTable', 'outboxTable', 'careTable', 'feedbackTable', 'secretsKey', 'ticketKey', 'mailFrom'],
  messages: ['originKeys', 'registryTable', 'outboxTable', 'auditTable', 'secretsKey', 'siteUrl'],
  'mail-events': ['registryTable', 'outboxTable'],
  outbox: ['registryTable', 'outboxTable', 'secretsKey', 'ticketKey', 'siteUrl', 'mailFrom', 'configurationSet'],
} as const satisfies Record<string, readonly EnvironmentKey[]>;

export type FunctionName = keyof typeof FUNCTION_ENVIRONMENT;
export type EnvironmentOf<F extends FunctionName> = Readonly<Record<(typeof FUNCTION_ENVIRONMENT)[F][number], string>>;

/**
 * Reads what a function needs, once, at cold start.
 *
 * @throws Error that names every variable that is missing
 */
export function readEnvironment<F extends FunctionName>(
  name: F,
  source: Record<string, string | undefined> = process.env,
): EnvironmentOf<F> {
  const keys: readonly EnvironmentKey[] = FUNCTION_ENVIRONMENT[name];
  const missing = keys.filter((key) => !source[ENVIRONMENT[key]]).map((key) => ENVIRONMENT[key]);
  if (missing.length > 0) throw new Error(`function ${name} lacks environment: ${missing.join(', ')}`);
  return Object.fromEntries(keys.map((key) => [key, source[ENVIRONMENT[key]]])) as EnvironmentOf<F>;
}

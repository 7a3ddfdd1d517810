/**
 * The names of environment variables, shared by the construct that sets them and the function that reads them.
 * Endpoints are not among them: the AWS SDK itself honours `AWS_ENDPOINT_URL_*`, which is all that differs locally.
 */
export const ENVIRONMENT = {
  registry: 'REGISTRY_TABLE',
  outbox: 'OUTBOX_TABLE',
  /** Who did, saw or exported what: functions may only add to it. */
  audit: 'AUDIT_TABLE',
  care: 'CARE_TABLE',
  /** URL of the queue in which ids of jobs wait for their time. */
  wakeUps: 'WAKE_UPS_URL',
  /** Answers, with nobody beside them. */
  feedback: 'FEEDBACK_TABLE',
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
  /** What the names of the canary's parameters in Systems Manager begin with: `/Plenary/canary`. */
  canaryParameters: 'CANARY_PARAMETERS',
} as const;
export type EnvironmentKey = keyof typeof ENVIRONMENT;

/** A variable is never empty. */
export const NO_USER_POOL = 'none';

/**
 * Reads what a function needs, once, at cold start.
 *
 * @throws Error that names every variable that is missing
 */
export function readEnvironment<K extends EnvironmentKey>(
  { name, environment }: { readonly name: string; readonly environment: readonly K[] },
  source: Record<string, string | undefined> = process.env,
): Readonly<Record<K, string>> {
  const missing = environment.filter((key) => !source[ENVIRONMENT[key]]).map((key) => ENVIRONMENT[key]);
  if (missing.length > 0) throw new Error(`function ${name} lacks environment: ${missing.join(', ')}`);
  return Object.fromEntries(environment.map((key) => [key, source[ENVIRONMENT[key]]])) as Record<K, string>;
}

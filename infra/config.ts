import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as z from 'zod';
import cdk from '../cdk.json' with { type: 'json' };
import { isId } from '../shared/kernel/event-id.ts';

/** Configuration lives in the context of `cdk.json`, or in `-c`, under keys that begin with this. */
const PREFIX = 'plenary:';

/** Rejected by SES until it is replaced: `example.org` is reserved and belongs to nobody. */
const UNSET_MAIL_FROM = 'plenary@example.org';

const RETENTIONS = Object.values(RetentionDays).filter(
  (days) => typeof days === 'number' && days !== RetentionDays.INFINITE,
);

const domain = z.hostname('expected a domain name such as forum.example.org');
const address = z.email('expected a bare email address such as registration@example.org');
/** What is made in `hostedZoneId`, unless `leaveRecords` says that the zone has it, or has it made elsewhere. */
const RECORD_KINDS = ['site', 'dkim', 'mailFrom', 'dmarc'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const recordKind = z
  .string()
  .transform((kind) => kind as RecordKind)
  .pipe(z.enum(RECORD_KINDS, `expected some of ${RECORD_KINDS.join(', ')}, separated by commas`));

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const tag = z
  .string()
  .regex(
    /^(?!aws:)[\p{L}\p{N} _.:/+@-]{1,128}=[\p{L}\p{N} _.:/+@-]{0,256}$/u,
    'expected tags such as project=forum,cost-centre=4711: letters, digits, spaces and _ . : / + - @, no key that begins with aws:',
  )
  .transform((text) => text.split('=') as [key: string, value: string]);
/** A resource takes fifty, of which CloudFormation adds some. */
const MOST_TAGS = 40;

/** `-c` can only carry text, hence a list is text as well. */
const listOf = <Item>(each: z.ZodType<Item, string>) =>
  z
    .string()
    .transform((list) => list.split(',').map((item) => item.trim()))
    .pipe(z.array(each));

const publicKey = z.base64url().length(43, 'expected Ed25519 public keys, 32 bytes in base64url');

const schema = z
  .strictObject({
    /** Begins the name of each stack: two systems may live in one account. */
    name: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]{0,19}$/, 'expected a capital, then at most 19 letters or digits')
      // It is part of the address of the sign-in pages.
      .refine((name) => !/aws|amazon|cognito/i.test(name), 'Cognito refuses names that hold aws, amazon or cognito')
      // Names of the canary's parameters begin with it.
      .refine((name) => !/^ssm/i.test(name), 'Systems Manager refuses names that begin with ssm')
      .default('Plenary'),
    /** The public domain. Without it, people use the distribution's own `*.cloudfront.net` address. */
    siteDomain: domain.optional(),
    /** The hosted zone of Route 53 in which records of `siteDomain` and `mailDomain` are made. */
    hostedZoneId: z
      .string()
      .regex(/^Z[A-Z0-9]{1,31}$/, 'expected the id of a hosted zone such as Z0123456789ABCDEFGHIJ')
      .optional(),
    /** Kinds of records that are not made there. */
    leaveRecords: listOf(recordKind).default([]),
    /** The certificate of `siteDomain`; with a hosted zone, one is made. */
    certificateArn: z
      .string()
      .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, 'expected an ACM certificate of us-east-1')
      .optional(),
    /** The event that the bare address of the site leads to. */
    homeEvent: z
      .string()
      .refine(isId, 'expected the id of an event such as asean-ict-forum')
      .default('asean-ict-forum'),
    /** SES proves this domain and signs with DKIM for it. Without it, `mailFrom` must be verified by hand. */
    mailDomain: domain.optional(),
    /** Where mail that comes back goes, to SES: a subdomain of `mailDomain` by which nobody else sends or gets mail; `mail.` that domain. */
    mailFromDomain: domain.optional(),
    /** Who gets the reports of mailbox providers on who sends in the name of `mailDomain`; `alarmAddress` otherwise. */
    dmarcReports: address.optional(),
    /** Whom mail is from. */
    mailFrom: address.optional(),
    /** Mails that SES takes in a second: by this, as many functions send at once. SES says itself how fast they may. */
    mailsPerSecond: z.coerce.number().int().min(1, 'expected mails a second such as 14').max(10_000).default(14),
    /** Verified recipients, separated by commas, while SES keeps the account in its sandbox. Of each, IAM's policies hold two identities. */
    sandboxRecipients: listOf(address)
      .refine((all) => all.length <= 20, 'expected 20 addresses at most: beyond that, leave the sandbox')
      .default([]),
    /** The OpenID provider where organisers sign in; without it, a Cognito user pool is made. */
    issuer: z
      .url({ protocol: /^https$/, error: 'expected an address such as https://login.example.org/forum' })
      .optional(),
    /** The console's id at `issuer`: a public client with code flow, PKCE and the callback `https://SITE/console/`. */
    clientId: z.string().min(1).optional(),
    /** What the console asks `issuer` for. */
    scope: z
      .string()
      .regex(/^\S+( \S+)*$/, 'expected scopes separated by spaces such as openid offline_access')
      .default('openid offline_access'),
    /** Where `issuer` gives out tokens, if its address begins otherwise: the console may talk to both. */
    tokenOrigin: z
      .url({ protocol: /^https$/, error: 'expected an origin such as https://tokens.example.org' })
      .transform((address) => new URL(address).origin)
      .optional(),
    /** Whether the pages of Cognito insist on a second factor, an authenticator app, and help to set it up. */
    mfa: z.enum(['optional', 'required']).default('required'),
    /** Raised by one, a new key signs tickets. */
    ticketKeyGeneration: z.coerce.number().int().min(1).max(20, 'expected a number such as 2').default(1),
    /** Raised by one, and no more at once, CloudFront shows another key to functions. */
    originKeyGeneration: z.coerce.number().int().min(1, 'expected a number such as 2').default(1),
    /** The moment that the tables in use were restored to, as `npm run restore` says it; without it, the first ones are in use. */
    tables: z
      .string()
      .regex(/^\d{8}T\d{6}Z$/, 'expected what npm run restore printed, such as 20261201T090000Z')
      .optional(),
    /** Public keys of earlier generations whose tickets are still good, separated by commas; of one that leaked, it is left out. */
    formerTicketKeys: listOf(publicKey)
      .refine((all) => all.length <= 19, 'expected 19 keys at most')
      .default([]),
    /** Whether alarms, dashboards and what mails about them are deployed. */
    watch: z.enum(['off', 'on']).default('on'),
    /** Who is mailed when an alarm rings, and when the budget is nearly used. */
    alarmAddress: address.optional(),
    /** USD that the account may cost in a month before `alarmAddress` is told. */
    monthlyBudget: z.coerce.number().min(1, 'expected an amount of USD such as 50').max(1_000_000).optional(),
    /** Whether Lambda has X-Ray record how long each call of a function took. */
    tracing: z.enum(['off', 'on']).default('off'),
    /** Whether CloudFront asks AWS WAF before it answers. */
    waf: z.enum(['off', 'on']).default('off'),
    /** Of every stack and what is in it. */
    tags: listOf(tag)
      .refine((all) => all.length <= MOST_TAGS, `expected ${MOST_TAGS} tags at most`)
      .refine((all) => new Set(all.map(([key]) => key)).size === all.length, 'expected each key once')
      .default([]),
    logRetentionDays: z.coerce
      .number()
      .refine((days) => RETENTIONS.includes(days), `expected one of ${RETENTIONS.join(', ')}`)
      .transform((days): RetentionDays => days)
      .default(RetentionDays.ONE_MONTH),
    /**
     * Whether tables, keys and logs outlive their stack; `destroy` is for trials only. A creation that is rolled back leaves nothing
     * behind in either case, so that the same command can be given again.
     */
    removal: z
      .enum(['retain', 'destroy'])
      .default('retain')
      .transform((removal) =>
        removal === 'retain' ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      ),
    /**
     * Whether tables, accounts and the stacks that hold them refuse to be deleted. On from the second deployment: `cdk deploy`
     * protects a stack before it is created, and what is protected can be neither rolled back nor deleted to be created again.
     *
     * No deployment switches it on by itself: `UpdateUserPool` resets whatever it is not told, so that a call beside the template
     * could undo a setting of the pool.
     */
    protection: z.enum(['off', 'on']).default('off'),
  })
  .refine((it) => it.siteDomain === undefined || it.certificateArn !== undefined || it.hostedZoneId !== undefined, {
    path: ['siteDomain'],
    message: 'it needs its zone, plenary:hostedZoneId, or a certificate, plenary:certificateArn',
  })
  .refine(({ siteDomain, certificateArn }) => siteDomain !== undefined || certificateArn === undefined, {
    path: ['certificateArn'],
    message: 'of which domain? set plenary:siteDomain, too',
  })
  .refine(({ hostedZoneId, siteDomain, mailDomain }) => !hostedZoneId || siteDomain || mailDomain, {
    path: ['hostedZoneId'],
    message: 'records of what? set plenary:siteDomain or plenary:mailDomain, too',
  })
  .refine((it) => it.leaveRecords.length === 0 || it.hostedZoneId !== undefined, {
    path: ['leaveRecords'],
    message: 'no records are made without plenary:hostedZoneId',
  })
  .refine(
    ({ mailDomain, mailFromDomain }) => !mailFromDomain || (mailDomain && mailFromDomain.endsWith(`.${mailDomain}`)),
    {
      path: ['mailFromDomain'],
      message: 'expected a subdomain of plenary:mailDomain such as mail.forum.example.org',
    },
  )
  .refine(
    (it) => !it.mailDomain || !it.mailFrom || domainOf(it.mailFrom) !== returnDomain(it.mailDomain, it.mailFromDomain),
    {
      path: ['mailFrom'],
      message: 'SES allows no mail from where mail comes back to: set plenary:mailFromDomain to another subdomain',
    },
  )
  .refine(({ dmarcReports, mailDomain }) => !dmarcReports || mailDomain, {
    path: ['dmarcReports'],
    message: 'reports on which domain? set plenary:mailDomain, too',
  })
  .refine(
    (it) =>
      !it.hostedZoneId ||
      !it.mailDomain ||
      it.leaveRecords.includes('dmarc') ||
      (it.dmarcReports ?? it.alarmAddress) !== undefined,
    {
      path: ['dmarcReports'],
      message:
        'a DMARC record is made: who gets its reports? set this or plenary:alarmAddress, or put dmarc into plenary:leaveRecords',
    },
  )
  .refine(({ mailDomain, mailFrom }) => !mailDomain || !mailFrom || isWithin(mailFrom, mailDomain), {
    path: ['mailFrom'],
    message: 'expected an address of mailDomain',
  })
  .refine(({ issuer, clientId }) => (issuer === undefined) === (clientId === undefined), {
    path: ['issuer'],
    message: 'issuer and clientId are needed together',
  })
  .refine(({ monthlyBudget, alarmAddress }) => monthlyBudget === undefined || alarmAddress !== undefined, {
    path: ['monthlyBudget'],
    message: 'who is to be told? set plenary:alarmAddress, too',
  })
  .refine(({ watch, alarmAddress }) => watch === 'on' || alarmAddress === undefined, {
    path: ['alarmAddress'],
    message: 'nothing rings while plenary:watch is off',
  })
  .refine(({ removal, protection }) => removal !== RemovalPolicy.DESTROY || protection === 'off', {
    path: ['protection'],
    message: 'what goes with its stack (plenary:removal destroy) cannot be protected',
  })
  .transform(
    ({
      siteDomain,
      certificateArn,
      mailFrom,
      issuer,
      clientId,
      scope,
      tokenOrigin,
      protection,
      watch,
      waf,
      ...rest
    }) => ({
      ...rest,
      isFiltered: waf === 'on',
      isProtected: protection === 'on',
      isWatched: watch === 'on',
      /** The organisation's own provider. */
      signIn: issuer && clientId ? { issuer, clientId, scope, origins: originsOf(issuer, tokenOrigin) } : undefined,
      /** Without a certificate it gets one by way of its hosted zone. */
      site: siteDomain === undefined ? undefined : { domain: siteDomain, certificateArn },
      mailFromDomain: rest.mailDomain && returnDomain(rest.mailDomain, rest.mailFromDomain),
      dmarcReports: rest.dmarcReports ?? rest.alarmAddress,
      mailFrom: mailFrom ?? (rest.mailDomain ? `registration@${rest.mailDomain}` : UNSET_MAIL_FROM),
    }),
  );

export type Config = z.output<typeof schema>;

/**
 * Reads the `plenary:*` keys of the CDK context; every one of them is optional.
 *
 * @throws Error that names each key that is unknown or wrong
 */
export function readConfig(context: Readonly<Record<string, unknown>>): Config {
  const own = Object.entries(context).filter(([key]) => key.startsWith(PREFIX));
  const result = schema.safeParse(Object.fromEntries(own.map(([key, value]) => [key.slice(PREFIX.length), value])));
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => describe(issue, context));
  throw new Error(['configuration in cdk.json or -c:', ...problems].join('\n  '));
}

/** As `cdk.json` configures it, and `-c key=value` after it: what `cdk deploy` reads. */
export function projectConfig(given: readonly string[] = []): Config {
  const pairs = given.map((pair) => [pair.replace(/=.*$/s, ''), pair.replace(/^[^=]*=/, '')]);
  return readConfig({ ...cdk.context, ...Object.fromEntries(pairs) });
}

/** Whether mail can be sent at all with this configuration. */
export const hasSender = ({ mailFrom }: Config): boolean => mailFrom !== UNSET_MAIL_FROM;

export const domainOf = (mailAddress: string): string => mailAddress.slice(mailAddress.lastIndexOf('@') + 1);

const originsOf = (issuer: string, tokens?: string): string[] => [
  ...new Set([new URL(issuer).origin, ...(tokens === undefined ? [] : [tokens])]),
];

function isWithin(mailAddress: string, mailDomain: string): boolean {
  const own = domainOf(mailAddress);
  return own === mailDomain || own.endsWith(`.${mailDomain}`);
}

/** Key, value and what is allowed. */
function describe(issue: z.core.$ZodIssue, context: Readonly<Record<string, unknown>>): string[] {
  const line = (key: string, message: string): string => {
    const value = context[PREFIX + key];
    return `${PREFIX}${key}${value === undefined ? '' : ` = ${JSON.stringify(value)}`}: ${message}`;
  };
  return issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => line(key, `no such key; known: ${Object.keys(schema.in.shape).join(', ')}`))
    : [line(String(issue.path[0]), issue.message)];
}

const returnDomain = (mailDomain: string, configured?: string): string => configured ?? `mail.${mailDomain}`;

/** What a client and an authorizer have to know of an OpenID provider. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** The id of our own user pool; absent where an organisation's own provider takes its place. */
  readonly userPoolId?: string;
}

/**
 * The name of Cognito's sign-in pages, unique in a region of AWS. It follows from the configuration alone, so that what
 * comes before the user pool, such as a content security policy, can name it.
 */
export const hostedDomainPrefix = ({ name }: Pick<Config, 'name'>): string => `${name.toLowerCase()}-${Aws.ACCOUNT_ID}`;

import { join } from 'node:path';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Code, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { TIMERS } from '../../shared/contract/timers.ts';
import { SEALED } from '../../shared/domain/feedback/pass.ts';
import { type EnvironmentKey, type FunctionName, NO_USER_POOL } from '../../shared/env.ts';
import {
  ANSWERS_PREFIX,
  END_ATTRIBUTES,
  EVENT_PREFIX,
  FATE_ATTRIBUTES,
  FEEDBACK_KEYS_PREFIX,
  GUARD_PREFIX,
  ISSUED_TOKENS_PREFIX,
  JOB_ATTRIBUTE,
  MAIL_ACCOUNT_ID,
  MAIL_ATTRIBUTE,
  PUBLISHED_PREFIX,
  SPENT_TOKENS_PREFIX,
  type TABLES,
  WORDS_PREFIX,
} from '../../shared/store/tables.ts';
import type { Config } from '../config.ts';
import { ContractRoutes } from '../constructs/contract-routes.ts';
import { DefaultStage } from '../constructs/default-stage.ts';
import { MailEventSource } from '../constructs/mail-event-source.ts';
import { generationsTaken, OriginKeys } from '../constructs/origin-keys.ts';
import { OutboxSource } from '../constructs/outbox-source.ts';
import { PlenaryFunction, type PlenaryFunctionProps } from '../constructs/plenary-function.ts';
import { permissionsOf } from '../constructs/policy-statements.ts';
import { Timer } from '../constructs/timer.ts';
import type { Resource, ResourceName } from '../permissions.ts';
import type { SignIn } from '../sign-in.ts';
import type { DataStack } from './data.ts';
import type { MailStack } from './mail.ts';
import type { WebStack } from './web.ts';

export interface ApiStackProps {
  readonly config: Config;
  readonly data: DataStack;
  readonly mail: MailStack;
  readonly web: WebStack;
  /** Where organisers sign in. */
  readonly signIn: SignIn;
  /** Built bundles: one folder for each function. */
  readonly folder: string;
}

/** What a batch holds is done one after another; a claimed message's lease is longer than this. */
const STREAM_TIMEOUT = Duration.seconds(30);
/** Of sending: as long as a sweep goes on, and mail of a batch waits for its turn. */
const SENDING_TIMEOUT = Duration.seconds(60);

/**
 * MB with which a function has one processor to itself; 512 come with 0.29 of one.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const WHOLE_PROCESSOR = 1769;
/**
 * Functions that need one: those that read everyone who is registered, of whom 5,000 are a second's work while somebody waits for
 * it, and what draws certificates.
 */
const BUSIEST: readonly FunctionName[] = [
  'care',
  'certificates',
  'checkin',
  'doors',
  'feedback-results',
  'housekeeping',
  'messages',
  'organiser',
];

/** Each is begun at its turn: in SES's sandbox, at one a second, they take twenty seconds and the five for which turns are given ahead. */
const MAILS_TOGETHER = 20;
/** Each takes well under a second. */
const JOBS_TOGETHER = 10;

/** What answers behind the public address, and what sends mail. */
export class ApiStack extends Stack {
  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, { description: 'Plenary: functions' });
    const { config, web, signIn, folder } = props;
    const failures = new Queue(this, 'OutboxFailures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const resources = { ...resourcesOf(props, failures), userPool: { arns: this.userPoolsOf(signIn) } };
    const logs = { retention: config.logRetentionDays, removalPolicy: config.removal };
    const generations = generationsTaken(config.originKeyGeneration);
    const originKeys = new OriginKeys(this, 'OriginKeys', { secretsKey: props.data.secretsKey, generations, logs });
    const environment = environmentOf(
      props,
      generations.map((each) => originKeys.of(each)),
    );
    const define = (
      name: FunctionName,
      logicalId: string,
      purpose: string,
      more: Pick<PlenaryFunctionProps, 'timeout'> = {},
    ): LambdaFunction =>
      new PlenaryFunction(this, logicalId, {
        name,
        description: `Plenary: ${purpose}`,
        code: Code.fromAsset(join(folder, name)),
        environment,
        permissions: permissionsOf(name, resources),
        ...(BUSIEST.includes(name) && { memory: WHOLE_PROCESSOR }),
        ...more,
        logs,
      }).lambda;

    const functions = {
      site: define('site', 'Site', 'pages and data that anyone may read'),
      registration: define('registration', 'Registration', 'registering'),
      attendee: define('attendee', 'Attendee', 'what the holder of a link does'),
      'attendee-care': define('attendee-care', 'AttendeeCare', 'what the holder of a link says that is kept apart'),
      certificates: define('certificates', 'Certificates', 'certificates of attendance'),
      delegation: define('delegation', 'Delegation', 'what the coordinator of a delegation does'),
      care: define('care', 'Care', "guardians' consent, reports about children, what people need"),
      checkin: define('checkin', 'Checkin', 'what the phones at the doors do'),
      organiser: define('organiser', 'Organiser', 'what those who run an event do'),
      messages: define('messages', 'Messages', 'what those who run an event write to many'),
      doors: define('doors', 'Doors', 'what those who run an event do about check-in'),
      'feedback-tokens': define('feedback-tokens', 'FeedbackTokens', 'who may give feedback'),
      feedback: define('feedback', 'Feedback', 'feedback from nobody in particular'),
      'feedback-results': define('feedback-results', 'FeedbackResults', 'what those who run an event see of feedback', {
        timeout: STREAM_TIMEOUT,
      }),
      outbox: define('outbox', 'Outbox', 'sending mail', { timeout: SENDING_TIMEOUT }),
      'mail-events': define('mail-events', 'MailEvents', 'what becomes of mail'),
      housekeeping: define('housekeeping', 'Housekeeping', 'what follows a change', { timeout: STREAM_TIMEOUT }),
    };
    const routes = new ContractRoutes(this, 'Routes', { api: web.api, functions, signIn });
    new DefaultStage(this, 'Http', { api: web.api, routes, logs });
    const source = { streamArn: outboxStreamOf(props), failures };
    new OutboxSource(this, 'OutboxSource', {
      ...{ ...source, target: functions.outbox },
      ...{ attribute: MAIL_ATTRIBUTE, batchSize: MAILS_TOGETHER },
    });
    new OutboxSource(this, 'JobSource', {
      ...{ ...source, target: functions.housekeeping },
      ...{ attribute: JOB_ATTRIBUTE, batchSize: JOBS_TOGETHER },
    });
    const { configurationSetName } = props.mail;
    new MailEventSource(this, 'MailEventSource', { target: functions['mail-events'], configurationSetName, failures });
    for (const [name, { calls, everyMinutes, ...timer }] of Object.entries(TIMERS)) {
      new Timer(this, name, { target: functions[calls], every: Duration.minutes(everyMinutes), failures, ...timer });
    }

    new CfnOutput(this, 'OutboxFunctionName', { value: functions.outbox.functionName });
    new CfnOutput(this, 'MailEventsFunctionName', { value: functions['mail-events'].functionName });
    new CfnOutput(this, 'OutboxFailuresUrl', { value: failures.queueUrl });
  }

  /** Of those who sign in with us: of an organisation's own provider, nothing is asked. */
  private userPoolsOf({ userPoolId }: SignIn): string[] {
    const resource = { service: 'cognito-idp', resource: 'userpool', resourceName: userPoolId ?? '' };
    return userPoolId === undefined ? [] : [this.formatArn(resource)];
  }
}

function resourcesOf(props: ApiStackProps, failures: Queue): Record<Exclude<ResourceName, 'userPool'>, Resource> {
  const { data, mail } = props;
  const forWhat = (what: string) => ({ StringEquals: { 'kms:EncryptionContext:what': what } });
  const forTheTable = { StringEquals: { 'kms:ViaService': `dynamodb.${data.region}.amazonaws.com` } };
  return {
    registry: { arns: [data.tables.registry.tableArn] },
    registryChanges: { arns: [`${data.tables.registry.tableArn}/index/${CHANGES}`] },
    guards: {
      arns: [data.tables.registry.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${GUARD_PREFIX}*`] } },
    },
    feedbackTokens: {
      arns: [data.tables.registry.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${FEEDBACK_KEYS_PREFIX}*`, `${ISSUED_TOKENS_PREFIX}*`] },
      },
    },
    // What is asked and when, and with which keys tokens are checked: nothing about anybody.
    events: {
      arns: [data.tables.registry.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${EVENT_PREFIX}*`, `${FEEDBACK_KEYS_PREFIX}*`] },
      },
    },
    outbox: { arns: [data.tables.outbox.tableArn] },
    audit: { arns: [data.tables.audit.tableArn] },
    outboxDue: { arns: [outboxIndex(data, 'due')] },
    outboxAbout: { arns: [outboxIndex(data, 'about')] },
    outboxFates: {
      arns: [data.tables.outbox.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...FATE_ATTRIBUTES] },
        // Whoever names no attributes would be given all of them.
        StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    },
    outboxAccount: {
      arns: [data.tables.outbox.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [MAIL_ACCOUNT_ID] } },
    },
    outboxStream: { arns: [outboxStreamOf(props)] },
    outboxFailures: { arns: [failures.queueArn] },
    care: { arns: [data.tables.care.tableArn] },
    // What is put would otherwise come back as the answer to it.
    feedback: {
      arns: [data.tables.feedback.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ANSWERS_PREFIX}*`, `${SPENT_TOKENS_PREFIX}*`] },
        StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
      },
    },
    feedbackOpened: {
      arns: [data.tables.feedback.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ANSWERS_PREFIX}*`] } },
    },
    feedbackShown: {
      arns: [data.tables.feedback.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${PUBLISHED_PREFIX}*`, `${WORDS_PREFIX}*`] },
      },
    },
    feedbackEnds: {
      arns: [data.tables.feedback.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...END_ATTRIBUTES] },
        // Whoever names no attributes would be given all of them, and an update would answer with all that was there.
        StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES', 'dynamodb:ReturnValues': 'NONE' },
      },
    },
    // What is put or deleted would otherwise come back as the answer to it.
    careUnseen: {
      arns: [data.tables.care.tableArn],
      conditions: { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } },
    },
    careKey: { arns: [data.careKey.keyArn], conditions: forTheTable },
    secretsKey: { arns: [data.secretsKey.keyArn] },
    // One key, with other words for each use: KMS opens nothing with those of the other.
    feedbackKey: { arns: [data.feedbackKey.keyArn], conditions: forWhat(SEALED.formKeys) },
    answersKey: { arns: [data.feedbackKey.keyArn], conditions: forWhat(SEALED.answers) },
    ticketKey: { arns: [data.ticketKey.keyArn] },
    mail: mail.sending,
    // It belongs to the account, and IAM knows no narrower name for that.
    mailAccount: { arns: ['*'] },
    mailSender: { arns: mail.sender },
  };
}

const environmentOf = (
  { config, data, mail, web, signIn }: ApiStackProps,
  originKeys: readonly string[],
): Record<EnvironmentKey, string> => ({
  registryTable: data.tables.registry.tableName,
  outboxTable: data.tables.outbox.tableName,
  auditTable: data.tables.audit.tableName,
  careTable: data.tables.care.tableName,
  feedbackTable: data.tables.feedback.tableName,
  secretsKey: data.secretsKey.keyArn,
  feedbackKey: data.feedbackKey.keyArn,
  ticketKey: data.ticketKey.keyArn,
  formerTicketKeys: JSON.stringify(config.formerTicketKeys),
  // Known to CloudFormation alone; nothing in them has to be escaped.
  originKeys: `[${originKeys.map((key) => `"${key}"`).join(',')}]`,
  siteUrl: web.siteUrl,
  homeEvent: config.homeEvent,
  mailFrom: config.mailFrom,
  configurationSet: mail.configurationSetName,
  oidcIssuer: signIn.issuer,
  oidcClientId: signIn.clientId,
  oidcScope: signIn.scope,
  userPool: signIn.userPoolId ?? NO_USER_POOL,
});

const CHANGES: keyof typeof TABLES.registry.indexes = 'changes';

const outboxIndex = ({ tables }: DataStack, name: keyof typeof TABLES.outbox.indexes): string =>
  `${tables.outbox.tableArn}/index/${name}`;

function outboxStreamOf({ data }: ApiStackProps): string {
  const { tableStreamArn } = data.tables.outbox;
  if (tableStreamArn === undefined) throw new Error('the outbox table has no stream');
  return tableStreamArn;
}

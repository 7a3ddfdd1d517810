import { join } from 'node:path';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { type Alias, Code } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { MANIFESTS, TIMERS } from '../../functions/manifests.ts';
import { SEALED } from '../../shared/feedback/token/pass.ts';
import { CANARY_PARAMETERS, canaryParameters } from '../../shared/kernel/canary.ts';
import {
  ANSWERS_PREFIX,
  BACKED_UP,
  END_ATTRIBUTES,
  EVENT_LIST,
  EVENT_PREFIX,
  FATE_ATTRIBUTES,
  FEEDBACK_KEYS_PREFIX,
  GUARD_PREFIX,
  ISSUED_TOKENS_PREFIX,
  JOB_ATTRIBUTE,
  MAIL_ACCOUNT_ID,
  MAIL_ATTRIBUTE,
  PUBLISHED_PREFIX,
  ROLE_PREFIXES,
  SPENT_TOKENS_PREFIX,
  TABLES,
  type TableName,
  TOMBSTONE_PREFIX,
  WORDS_PREFIX,
} from '../../shared/kernel/dynamo/tables.ts';
import { type EnvironmentKey, NO_USER_POOL } from '../../shared/kernel/env.ts';
import type { FunctionName, Manifest, ResourceName } from '../../shared/kernel/manifest.ts';
import { callsAShard } from '../../shared/mail/limits/send-pace.ts';
import type { Config, SignIn } from '../config.ts';
import { ContractRoutes, DefaultStage } from '../constructs/contract-routes.ts';
import { MailEventSource, OutboxSource, TimerSource, WakeUpSource } from '../constructs/event-sources.ts';
import { generationsTaken, OriginKeys } from '../constructs/origin-keys.ts';
import { nameRelease, PlenaryFunction, type PolicyResource, permissionsOf } from '../constructs/plenary-function.ts';
import type { Watched } from '../watch/alarms.ts';
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

/** What answers behind the public address, and what sends mail. */
export class ApiStack extends Stack {
  /** What alarms look at here. */
  readonly watched: Pick<Watched, 'functionNames' | 'failuresQueueName'>;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, { description: 'Plenary: functions' });
    const { config, web, signIn, folder } = props;
    const failures = new Queue(this, 'OutboxFailures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    // A sweep does what is kept no longer. Lambda asks for six times the time that its function has.
    const wakeUps = new Queue(this, 'WakeUps', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.hours(1),
      visibilityTimeout: Duration.seconds(6 * MANIFESTS.housekeeping.timeout),
      deadLetterQueue: { queue: failures, maxReceiveCount: 5 },
    });
    const busArn = this.formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' });
    const resources = {
      ...resourcesOf(props, failures, wakeUps),
      failedCalls: { arns: [busArn] },
      userPool: { arns: this.userPoolsOf(signIn) },
      canaryKeys: { arns: this.canaryKeysOf(config) },
    };
    const logs = { retention: config.logRetentionDays, removalPolicy: config.removal };
    const generations = generationsTaken(config.originKeyGeneration);
    const originKeys = new OriginKeys(this, 'OriginKeys', { secretsKey: props.data.secretsKey, generations, logs });
    const environment = environmentOf(
      props,
      wakeUps,
      generations.map((each) => originKeys.of(each)),
    );
    const define = (manifest: Manifest): PlenaryFunction =>
      new PlenaryFunction(this, logicalId(manifest), {
        manifest,
        code: Code.fromAsset(join(folder, manifest.name)),
        environment,
        permissions: permissionsOf(manifest, resources),
        logs,
        isTraced: config.tracing === 'on',
        metricNamespace: config.name,
      });
    const defined = Object.values<Manifest>(MANIFESTS).map((each) => [each.name, define(each)] as const);
    nameRelease(defined.map(([, each]) => each));
    const functions = Object.fromEntries(defined.map(([name, { live }]) => [name, live])) as Record<
      FunctionName,
      Alias
    >;
    const routes = new ContractRoutes(this, 'Routes', { api: web.api, functions, signIn });
    new DefaultStage(this, 'Http', { api: web.api, routes, logs, metricNamespace: config.name });
    const source = { streamArn: outboxStreamOf(props), failures };
    for (const { name, stream } of Object.values<Manifest>(MANIFESTS)) {
      if (stream === undefined) continue;
      const calls = callsAShard(stream, config.mailsPerSecond);
      new OutboxSource(this, SOURCE_IDS[stream.attribute], { ...source, ...stream, calls, target: functions[name] });
    }
    for (const { name } of Object.values<Manifest>(MANIFESTS).filter(({ isWoken }) => isWoken)) {
      new WakeUpSource(this, 'WakeUpSource', { target: functions[name], wakeUps });
    }
    const { configurationSetName } = props.mail;
    for (const { name } of Object.values<Manifest>(MANIFESTS).filter(({ hearsOfMail }) => hearsOfMail)) {
      new MailEventSource(this, 'MailEventSource', { target: functions[name], configurationSetName, failures });
    }
    for (const { name, calls, everyMinutes, input } of TIMERS) {
      const every = Duration.minutes(everyMinutes);
      const { access }: Manifest = MANIFESTS[calls];
      new TimerSource(this, name, {
        ...{ target: functions[calls], every, failures },
        ...(access.failedCalls && { busArn }),
        ...(input && { input }),
      });
    }

    this.watched = {
      functionNames: Object.fromEntries(
        // Lambda counts what an alias is called for under the function's own name, too.
        defined.map(([name, { lambda }]) => [name, lambda.functionName]),
      ) as Record<FunctionName, string>,
      failuresQueueName: failures.queueName,
    };
    new CfnOutput(this, 'OutboxFunctionName', { value: this.watched.functionNames.outbox });
    // Whoever calls it by hand calls the version that runs.
    new CfnOutput(this, 'MailEventsFunctionName', { value: functions['mail-events'].functionName });
    new CfnOutput(this, 'OutboxFailuresUrl', { value: failures.queueUrl });
  }

  /** What the command line makes: they are of no stack, and may be missing. */
  private canaryKeysOf({ name }: Config): string[] {
    const below = canaryParameters(name).slice(1);
    return CANARY_PARAMETERS.map((each) =>
      this.formatArn({ service: 'ssm', resource: 'parameter', resourceName: `${below}/${each}` }),
    );
  }

  /** Of those who sign in with us: of an organisation's own provider, nothing is asked. */
  private userPoolsOf({ userPoolId }: SignIn): string[] {
    const resource = { service: 'cognito-idp', resource: 'userpool', resourceName: userPoolId ?? '' };
    return userPoolId === undefined ? [] : [this.formatArn(resource)];
  }
}

/** `AttendeeCare` of `attendee-care`. */
const logicalId = ({ name }: Manifest): string => name.replaceAll(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());

const LED_BY_ROLES = Object.values(ROLE_PREFIXES).map((prefix) => `${prefix}*`);

const SOURCE_IDS = { [MAIL_ATTRIBUTE]: 'OutboxSource', [JOB_ATTRIBUTE]: 'JobSource' } as const;

function resourcesOf(
  props: ApiStackProps,
  failures: Queue,
  wakeUps: Queue,
): Record<Exclude<ResourceName, 'userPool' | 'failedCalls' | 'canaryKeys'>, PolicyResource> {
  const { data, mail } = props;
  const forWhat = (what: string) => ({ StringEquals: { 'kms:EncryptionContext:what': what } });
  const index = <Table extends 'registry' | 'outbox'>(
    table: Table,
    name: keyof (typeof TABLES)[Table]['indexes'] & string,
  ): PolicyResource => ({ arns: [`${data.tables[table].tableArn}/index/${name}`] });
  /** What of a table begins with one of these. */
  const keysLike = (table: TableName, ...keys: readonly string[]): PolicyResource => ({
    arns: [data.tables[table].tableArn],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } },
  });
  const forTheTable = { StringEquals: { 'kms:ViaService': `dynamodb.${data.region}.amazonaws.com` } };
  return {
    registry: { arns: [data.tables.registry.tableArn] },
    registryChanges: index('registry', 'changes'),
    registryRegistrations: index('registry', 'registrations'),
    // IAM's documentation leaves open whether it is shown the keys of a transaction one by one or together: a function whose transactions
    // check a member as well, as those of a vetting do, has all of the table.
    registryButRoles: {
      arns: [data.tables.registry.tableArn],
      conditions: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': LED_BY_ROLES } },
    },
    roles: keysLike('registry', ...LED_BY_ROLES),
    definitions: keysLike('registry', `${EVENT_PREFIX}*`, EVENT_LIST),
    wholeEvents: keysLike('registry', `${EVENT_PREFIX}*`, EVENT_LIST, ...LED_BY_ROLES),
    tombstones: keysLike('registry', `${TOMBSTONE_PREFIX}*`),
    guards: keysLike('registry', `${GUARD_PREFIX}*`),
    feedbackTokens: keysLike('registry', `${FEEDBACK_KEYS_PREFIX}*`, `${ISSUED_TOKENS_PREFIX}*`),
    // What is asked and when, and with which keys tokens are checked: nothing about anybody.
    events: keysLike('registry', `${EVENT_PREFIX}*`, `${FEEDBACK_KEYS_PREFIX}*`),
    outbox: { arns: [data.tables.outbox.tableArn] },
    audit: { arns: [data.tables.audit.tableArn] },
    backups: { arns: BACKED_UP.map((name) => data.tables[name].tableArn) },
    auditEntries: {
      arns: [
        data.tables.audit.tableArn,
        ...Object.keys(TABLES.audit.indexes).map((name) => `${data.tables.audit.tableArn}/index/${name}`),
      ],
    },
    outboxDue: index('outbox', 'due'),
    outboxAbout: index('outbox', 'about'),
    outboxFates: {
      arns: [data.tables.outbox.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...FATE_ATTRIBUTES] },
        // A function that names no attributes would be given all of them.
        StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
      },
    },
    outboxAccount: {
      arns: [data.tables.outbox.tableArn],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [MAIL_ACCOUNT_ID] } },
    },
    outboxStream: { arns: [outboxStreamOf(props)] },
    outboxFailures: { arns: [failures.queueArn] },
    wakeUps: { arns: [wakeUps.queueArn] },
    care: { arns: [data.tables.care.tableArn] },
    // What is put would otherwise come back as the answer to it; a failed condition may show it, as in `careUnseen`.
    feedback: {
      arns: [data.tables.feedback.tableArn],
      conditions: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ANSWERS_PREFIX}*`, `${SPENT_TOKENS_PREFIX}*`] },
        StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
      },
    },
    feedbackOpened: keysLike('feedback', `${ANSWERS_PREFIX}*`),
    feedbackShown: keysLike('feedback', `${PUBLISHED_PREFIX}*`, `${WORDS_PREFIX}*`),
    feedbackEnds: {
      arns: [data.tables.feedback.tableArn],
      conditions: {
        'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...END_ATTRIBUTES] },
        // A function that names no attributes would be given all of them, and an update would answer with all that was there.
        StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES', 'dynamodb:ReturnValues': 'NONE' },
      },
    },
    // What is put or deleted would otherwise come back as the answer to it. What a failed condition shows is another parameter, and no document
    // of AWS says that this covers it: docs/operations.md, "What IAM holds".
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
  wakeUps: Queue,
  originKeys: readonly string[],
): Record<EnvironmentKey, string> => ({
  registry: data.tables.registry.tableName,
  outbox: data.tables.outbox.tableName,
  wakeUps: wakeUps.queueUrl,
  audit: data.tables.audit.tableName,
  care: data.tables.care.tableName,
  feedback: data.tables.feedback.tableName,
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
  canaryParameters: canaryParameters(config.name),
});

function outboxStreamOf({ data }: ApiStackProps): string {
  const { tableStreamArn } = data.tables.outbox;
  if (tableStreamArn === undefined) throw new Error('the outbox table has no stream');
  return tableStreamArn;
}

import { describe, expect, it } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import {
  eventKey,
  eventListKey,
  keptPartitions,
  ownEventKey,
  registrationKey,
  roleInvitationKey,
  roleKey,
  tombstoneKey,
} from '../../shared/kernel/dynamo/keys.ts';
import { TABLES } from '../../shared/kernel/dynamo/tables.ts';
import { type Context, resourcesOf, templates } from './fixture.ts';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const { Api } = templates({ 'plenary:mailDomain': 'forum.test' });

const rows = resourcesOf(Api, 'AWS::IAM::Role').flatMap(([role, { Properties }]) =>
  statementsOf(Properties).flatMap((statement) =>
    listOf(statement.Action).flatMap((action) =>
      listOf(statement.Resource).map((resource) => ({
        role: role.replace(/Role[0-9A-F]{8}$/, ''),
        action: String(action),
        resource: nameOf(resource),
        condition: statement.Condition,
      })),
    ),
  ),
);

const TELLS_OF_BACKUPS = 'dynamodb:DescribeContinuousBackups';

describe('permissions', () => {
  it('IN2: one function asks whether tables can be brought back, of each that can, and of nothing else', () => {
    const asked = rows.filter(({ action }) => action === TELLS_OF_BACKUPS);
    expect(asked.map(({ role, resource }) => `${role} ${resource}`).sort()).toEqual(
      ['Audit', 'Care', 'Outbox', 'Registry'].map((table) => `Housekeeping ${table}`),
    );
  });

  it('IN2: what Lambda traces it may send where tracing is on: two actions of X-Ray, and none anywhere else', () => {
    const ofXray = (context: Context) =>
      resourcesOf(templates(context).Api, 'AWS::IAM::Role').flatMap(([, { Properties }]) =>
        statementsOf(Properties).flatMap(({ Action, Resource }) => {
          const sends = listOf(Action).filter((each) => String(each).startsWith('xray:'));
          return sends.length > 0 ? [{ sends, Resource }] : [];
        }),
      );
    const modes = (context: Context) =>
      resourcesOf(templates(context).Api, 'AWS::Lambda::Function')
        .filter(([id]) => !id.startsWith('OriginKeys'))
        .map(([, { Properties }]) => Properties['TracingConfig']);
    expect([ofXray({}), modes({}).filter(Boolean)]).toEqual([[], []]);
    const on = { 'plenary:tracing': 'on' };
    const sends = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
    expect(ofXray(on)).toEqual(modes(on).map(() => ({ sends, Resource: '*' })));
    expect(modes(on)).toEqual(Object.keys(MANIFESTS).map(() => ({ Mode: 'Active' })));
    expect(resourcesOf(templates(on).Api, 'AWS::IAM::Policy')).toEqual(resourcesOf(Api, 'AWS::IAM::Policy'));
  });

  it('IN2: the audit is only added to, and read by one function, which does nothing else with it', () => {
    const ofAudit = rows.filter(({ resource }) => resource === 'Audit' || resource.startsWith('Audit/'));
    const others = ofAudit.filter(({ role, action }) => role !== 'Audit' && action !== TELLS_OF_BACKUPS);
    expect(new Set(others.map(({ action, resource }) => `${action} ${resource}`))).toEqual(
      new Set(['dynamodb:PutItem Audit']),
    );
    const indexes = Object.keys(TABLES.audit.indexes).map((name) => `dynamodb:Query Audit/index/${name}`);
    const reads = ofAudit.filter(({ role }) => role === 'Audit');
    expect(reads.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual(
      ['dynamodb:PutItem Audit', 'dynamodb:Query Audit', ...indexes].sort(),
    );
  });

  it('FB2: who takes answers reads nothing about anybody; who takes them can open none, and who opens them signs no token', () => {
    const of = (wanted: string) => rows.filter(({ role }) => role === wanted);
    const [answers, tokens] = [of('Feedback'), of('FeedbackTokens')];
    expect(new Set(answers.map(({ resource }) => resource))).toEqual(
      new Set(['Registry', 'Feedback', 'FeedbackKey', 'FeedbackLog']),
    );
    const limits = answers.filter(({ resource }) => resource === 'Registry').map(({ condition }) => condition);
    const leading = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['EVENT#*', 'FEEDBACK-KEYS#*'] } };
    expect(new Set(limits.map((each) => JSON.stringify(each)))).toEqual(new Set([JSON.stringify(leading)]));
    // Without keys in a request, such as in a scan, the condition above would say nothing.
    expect(answers.filter(({ action }) => /Query|Scan/.test(action))).toEqual([]);
    expect(tokens.filter(({ resource }) => ['Outbox', 'Audit', 'Care'].includes(resource))).toEqual([]);
    for (const role of [answers, tokens]) {
      const inFeedback = role.filter(({ resource }) => resource === 'Feedback');
      expect(inFeedback.map(({ action }) => action)).toEqual(['dynamodb:PutItem']);
      expect(inFeedback.map(({ condition }) => condition)).toMatchObject([
        { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['ANSWER#*', 'SPENT#*'] } },
      ]);
    }
    // One key, with words of each use: nobody opens what is of the other.
    const withKey = (role: string) =>
      of(role)
        .filter(({ resource }) => resource === 'FeedbackKey')
        .map(({ action, condition }) => [action, JSON.stringify(condition)]);
    const words = (what: string) => JSON.stringify({ StringEquals: { 'kms:EncryptionContext:what': what } });
    const [forms, sealed] = [words('feedback'), words('feedback-answers')];
    expect(withKey('Feedback')).toEqual([['kms:Encrypt', sealed]]);
    expect(withKey('FeedbackTokens').sort()).toEqual(
      [
        ['kms:Decrypt', forms],
        ['kms:Encrypt', forms],
        ['kms:Encrypt', sealed],
      ].sort(),
    );
    expect(withKey('FeedbackResults').sort()).toEqual(
      [
        ['kms:Decrypt', sealed],
        ['kms:Encrypt', sealed],
      ].sort(),
    );
  });

  it('who shows and changes a registration can only delete what is in `Care`; who writes there, unseen, signs no ticket', () => {
    const of = (wanted: string) => rows.filter(({ role }) => role === wanted);
    const inCare = (role: string) => of(role).flatMap(({ action, resource }) => (resource === 'Care' ? [action] : []));
    expect(inCare('Attendee')).toEqual(['dynamodb:DeleteItem']);
    expect(inCare('AttendeeCare').sort()).toEqual(['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
    expect(of('AttendeeCare').filter(({ resource }) => resource === 'TicketKey')).toEqual([]);
  });

  it('CS25: one function removes second factors, in our own pool; none where another provider keeps the accounts', () => {
    const ofAccounts = rows.filter(({ action }) => action.startsWith('cognito-idp:'));
    expect(ofAccounts.map(({ role, action }) => `${role} ${action}`).sort()).toEqual([
      'Team cognito-idp:AdminDeleteSoftwareToken',
      'Team cognito-idp:AdminUserGlobalSignOut',
      'Team cognito-idp:ListUsers',
    ]);
    const poolOf = (template: typeof Api) =>
      resourcesOf(template, 'AWS::Lambda::Function').flatMap(([name, { Properties }]) => {
        const { USER_POOL_ID: pool } = Object(Object(Properties).Environment).Variables ?? {};
        return pool === undefined ? [] : [[name.replace(/Function[0-9A-F]{8}$/, ''), pool]];
      });
    const [[name, pool] = []] = poolOf(Api);
    expect([name, JSON.stringify(pool)]).toEqual(['Team', expect.stringMatching(/ImportValue.*Identity.*Organisers/)]);
    const [policy] = resourcesOf(Api, 'AWS::IAM::Role')
      .flatMap(([, { Properties }]) => statementsOf(Properties))
      .filter(({ Action }) => JSON.stringify(Action).includes('cognito-idp'));
    const arn = JSON.stringify(policy?.Resource);
    expect(arn).toMatch(/:cognito-idp:.*:userpool\//);
    expect(arn).toContain(JSON.stringify(pool));
    expect(arn).not.toContain('*');

    const own = templates({ 'plenary:issuer': 'https://login.forum.test/oidc', 'plenary:clientId': 'plenary' }).Api;
    expect(poolOf(own)).toEqual([['Team', 'none']]);
    expect(JSON.stringify(resourcesOf(own, 'AWS::IAM::Role'))).not.toContain('cognito-idp');
  });

  it('IN2: few functions can write who may do what; the one that gives roles reaches nobody who registered', () => {
    const inRegistry = rows.filter(({ resource }) => resource === 'Registry');
    const writing = inRegistry.filter(({ action }) => /:(Put|Update|Delete)Item$/.test(action));
    const writers = (partition: string) =>
      new Set(writing.filter(({ condition }) => isWithin(condition, partition)).map(({ role }) => role));
    const team = [roleKey('forum', 'anna').pk, roleInvitationKey('forum', 'one').pk, ownEventKey('anna', 'forum').pk];
    expect(team.map(writers)).toEqual(team.map(() => new Set(['Care', 'Doors', 'Housekeeping', 'Team'])));
    expect(writers(registrationKey('forum', '7K3M9QX2AB').pk).size).toBeGreaterThan(5);

    const ofTeam = rows.filter(({ role }) => role === 'Team');
    expect(new Set(ofTeam.map(({ resource }) => resource))).toEqual(
      new Set(['Registry', 'Outbox', 'Audit', 'SecretsKey', 'TeamLog', expect.stringMatching(/^userpool/)]),
    );
    const ofRegistry = ofTeam.filter(({ resource }) => resource === 'Registry');
    const reaching = (partition: string) =>
      new Set(ofRegistry.filter(({ condition }) => isWithin(condition, partition)).map(({ action }) => action));
    expect(team.map((each) => reaching(each).size)).not.toContain(0);
    // It makes events, and deletes rehearsals.
    for (const each of [eventKey('forum').pk, eventListKey('forum').pk])
      expect([...reaching(each)]).toEqual(
        expect.arrayContaining(['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:DeleteItem']),
      );
    // By its name whether an event was deleted, and that it was; who was erased has names that it cannot list, and none of them is forgotten.
    const tombstones = tombstoneKey('forum', '').pk;
    expect([...reaching(tombstones)]).toEqual(['dynamodb:GetItem', 'dynamodb:PutItem']);
    const { beginWith, are } = keptPartitions('forum');
    expect([...beginWith, ...are].filter((each) => reaching(each).size > 0)).toEqual([tombstones]);
    // Without keys in a request, such as in a scan, no condition would say anything.
    expect(ofTeam.filter(({ action }) => /Scan$/.test(action))).toEqual([]);
  });

  it('IN2: are these and no more', () => {
    const table = rows.map(({ role, action, resource }) => `${role.padEnd(17)}${action.padEnd(27)} ${resource}`);
    expect(table.sort().join('\n')).toMatchInlineSnapshot(`
      "Attendee         dynamodb:BatchGetItem       Registry
      Attendee         dynamodb:DeleteItem         Care
      Attendee         dynamodb:DeleteItem         Outbox
      Attendee         dynamodb:DeleteItem         Registry
      Attendee         dynamodb:GetItem            Registry
      Attendee         dynamodb:PutItem            Audit
      Attendee         dynamodb:PutItem            Outbox
      Attendee         dynamodb:PutItem            Registry
      Attendee         dynamodb:UpdateItem         Registry
      Attendee         kms:Decrypt                 CareKey
      Attendee         kms:DescribeKey             CareKey
      Attendee         kms:GenerateMac             SecretsKey
      Attendee         kms:GetPublicKey            TicketKey
      Attendee         kms:Sign                    TicketKey
      Attendee         logs:CreateLogStream        AttendeeLog
      Attendee         logs:PutLogEvents           AttendeeLog
      AttendeeCare     dynamodb:BatchGetItem       Registry
      AttendeeCare     dynamodb:ConditionCheckItem Registry
      AttendeeCare     dynamodb:DeleteItem         Care
      AttendeeCare     dynamodb:DeleteItem         Outbox
      AttendeeCare     dynamodb:DeleteItem         Registry
      AttendeeCare     dynamodb:GetItem            Registry
      AttendeeCare     dynamodb:PutItem            Care
      AttendeeCare     dynamodb:PutItem            Outbox
      AttendeeCare     dynamodb:PutItem            Registry
      AttendeeCare     dynamodb:UpdateItem         Care
      AttendeeCare     dynamodb:UpdateItem         Registry
      AttendeeCare     kms:Decrypt                 CareKey
      AttendeeCare     kms:DescribeKey             CareKey
      AttendeeCare     kms:GenerateMac             SecretsKey
      AttendeeCare     logs:CreateLogStream        AttendeeCareLog
      AttendeeCare     logs:PutLogEvents           AttendeeCareLog
      Audit            dynamodb:BatchGetItem       Registry
      Audit            dynamodb:GetItem            Registry
      Audit            dynamodb:PutItem            Audit
      Audit            dynamodb:Query              Audit
      Audit            dynamodb:Query              Audit/index/kind
      Audit            dynamodb:Query              Audit/index/member
      Audit            dynamodb:Query              Audit/index/person
      Audit            logs:CreateLogStream        AuditLog
      Audit            logs:PutLogEvents           AuditLog
      Canary           logs:CreateLogStream        CanaryLog
      Canary           logs:PutLogEvents           CanaryLog
      Canary           ssm:GetParameters           parameter/Plenary/canary/device
      Canary           ssm:GetParameters           parameter/Plenary/canary/secret
      Canary           ssm:GetParameters           parameter/Plenary/canary/ticket
      Care             dynamodb:BatchGetItem       Care
      Care             dynamodb:BatchGetItem       Registry
      Care             dynamodb:ConditionCheckItem Registry
      Care             dynamodb:DeleteItem         Care
      Care             dynamodb:DeleteItem         Outbox
      Care             dynamodb:DeleteItem         Registry
      Care             dynamodb:GetItem            Care
      Care             dynamodb:GetItem            Registry
      Care             dynamodb:PutItem            Audit
      Care             dynamodb:PutItem            Care
      Care             dynamodb:PutItem            Outbox
      Care             dynamodb:PutItem            Registry
      Care             dynamodb:Query              Care
      Care             dynamodb:Query              Registry
      Care             dynamodb:Query              Registry/index/registrations
      Care             dynamodb:UpdateItem         Care
      Care             dynamodb:UpdateItem         Registry
      Care             events:PutEvents            event-bus/default
      Care             kms:Decrypt                 CareKey
      Care             kms:DescribeKey             CareKey
      Care             kms:GenerateMac             SecretsKey
      Care             logs:CreateLogStream        CareLog
      Care             logs:PutLogEvents           CareLog
      Certificates     dynamodb:BatchGetItem       Registry
      Certificates     dynamodb:GetItem            Registry
      Certificates     dynamodb:Query              Registry
      Certificates     kms:GenerateMac             SecretsKey
      Certificates     logs:CreateLogStream        CertificatesLog
      Certificates     logs:PutLogEvents           CertificatesLog
      Checkin          dynamodb:BatchGetItem       Registry
      Checkin          dynamodb:DeleteItem         Registry
      Checkin          dynamodb:GetItem            Registry
      Checkin          dynamodb:PutItem            Audit
      Checkin          dynamodb:PutItem            Registry
      Checkin          dynamodb:Query              Registry
      Checkin          dynamodb:Query              Registry/index/changes
      Checkin          dynamodb:Query              Registry/index/registrations
      Checkin          dynamodb:UpdateItem         Registry
      Checkin          kms:GenerateMac             SecretsKey
      Checkin          kms:GetPublicKey            TicketKey
      Checkin          logs:CreateLogStream        CheckinLog
      Checkin          logs:PutLogEvents           CheckinLog
      Delegation       dynamodb:BatchGetItem       Registry
      Delegation       dynamodb:DeleteItem         Care
      Delegation       dynamodb:DeleteItem         Registry
      Delegation       dynamodb:GetItem            Registry
      Delegation       dynamodb:PutItem            Audit
      Delegation       dynamodb:PutItem            Outbox
      Delegation       dynamodb:PutItem            Registry
      Delegation       dynamodb:Query              Registry
      Delegation       dynamodb:UpdateItem         Registry
      Delegation       kms:Decrypt                 CareKey
      Delegation       kms:DescribeKey             CareKey
      Delegation       kms:GenerateMac             SecretsKey
      Delegation       kms:GetPublicKey            TicketKey
      Delegation       kms:Sign                    TicketKey
      Delegation       logs:CreateLogStream        DelegationLog
      Delegation       logs:PutLogEvents           DelegationLog
      Doors            dynamodb:BatchGetItem       Registry
      Doors            dynamodb:ConditionCheckItem Registry
      Doors            dynamodb:DeleteItem         Registry
      Doors            dynamodb:GetItem            Registry
      Doors            dynamodb:PutItem            Audit
      Doors            dynamodb:PutItem            Outbox
      Doors            dynamodb:PutItem            Registry
      Doors            dynamodb:Query              Registry
      Doors            dynamodb:Query              Registry/index/changes
      Doors            dynamodb:Query              Registry/index/registrations
      Doors            dynamodb:UpdateItem         Registry
      Doors            logs:CreateLogStream        DoorsLog
      Doors            logs:PutLogEvents           DoorsLog
      Feedback         dynamodb:BatchGetItem       Registry
      Feedback         dynamodb:GetItem            Registry
      Feedback         dynamodb:PutItem            Feedback
      Feedback         kms:Encrypt                 FeedbackKey
      Feedback         logs:CreateLogStream        FeedbackLog
      Feedback         logs:PutLogEvents           FeedbackLog
      FeedbackResults  dynamodb:BatchGetItem       Registry
      FeedbackResults  dynamodb:DeleteItem         Feedback
      FeedbackResults  dynamodb:GetItem            Feedback
      FeedbackResults  dynamodb:GetItem            Registry
      FeedbackResults  dynamodb:PutItem            Audit
      FeedbackResults  dynamodb:PutItem            Feedback
      FeedbackResults  dynamodb:PutItem            Registry
      FeedbackResults  dynamodb:Query              Feedback
      FeedbackResults  dynamodb:Query              Feedback
      FeedbackResults  dynamodb:Query              Registry
      FeedbackResults  dynamodb:Query              Registry/index/registrations
      FeedbackResults  kms:Decrypt                 FeedbackKey
      FeedbackResults  kms:Encrypt                 FeedbackKey
      FeedbackResults  logs:CreateLogStream        FeedbackResultsLog
      FeedbackResults  logs:PutLogEvents           FeedbackResultsLog
      FeedbackTokens   dynamodb:BatchGetItem       Registry
      FeedbackTokens   dynamodb:GetItem            Registry
      FeedbackTokens   dynamodb:PutItem            Feedback
      FeedbackTokens   dynamodb:PutItem            Registry
      FeedbackTokens   dynamodb:Query              Registry
      FeedbackTokens   kms:Decrypt                 FeedbackKey
      FeedbackTokens   kms:Encrypt                 FeedbackKey
      FeedbackTokens   kms:Encrypt                 FeedbackKey
      FeedbackTokens   kms:GenerateMac             SecretsKey
      FeedbackTokens   logs:CreateLogStream        FeedbackTokensLog
      FeedbackTokens   logs:PutLogEvents           FeedbackTokensLog
      Housekeeping     dynamodb:BatchGetItem       Outbox
      Housekeeping     dynamodb:BatchGetItem       Registry
      Housekeeping     dynamodb:ConditionCheckItem Registry
      Housekeeping     dynamodb:DeleteItem         Care
      Housekeeping     dynamodb:DeleteItem         Outbox
      Housekeeping     dynamodb:DeleteItem         Registry
      Housekeeping     dynamodb:DescribeContinuousBackups Audit
      Housekeeping     dynamodb:DescribeContinuousBackups Care
      Housekeeping     dynamodb:DescribeContinuousBackups Outbox
      Housekeeping     dynamodb:DescribeContinuousBackups Registry
      Housekeeping     dynamodb:DescribeStream     Outbox.StreamArn
      Housekeeping     dynamodb:GetItem            Outbox
      Housekeeping     dynamodb:GetItem            Registry
      Housekeeping     dynamodb:GetRecords         Outbox.StreamArn
      Housekeeping     dynamodb:GetShardIterator   Outbox.StreamArn
      Housekeeping     dynamodb:ListStreams        Outbox.StreamArn
      Housekeeping     dynamodb:PutItem            Audit
      Housekeeping     dynamodb:PutItem            Outbox
      Housekeeping     dynamodb:PutItem            Registry
      Housekeeping     dynamodb:Query              Outbox/index/due
      Housekeeping     dynamodb:Query              Registry
      Housekeeping     dynamodb:Query              Registry/index/changes
      Housekeeping     dynamodb:Query              Registry/index/registrations
      Housekeeping     dynamodb:Scan               Feedback
      Housekeeping     dynamodb:Scan               Outbox
      Housekeeping     dynamodb:Scan               Outbox/index/due
      Housekeeping     dynamodb:Scan               Registry
      Housekeeping     dynamodb:UpdateItem         Feedback
      Housekeeping     dynamodb:UpdateItem         Outbox
      Housekeeping     dynamodb:UpdateItem         Registry
      Housekeeping     events:PutEvents            event-bus/default
      Housekeeping     kms:Decrypt                 CareKey
      Housekeeping     kms:DescribeKey             CareKey
      Housekeeping     kms:GenerateMac             SecretsKey
      Housekeeping     kms:GetPublicKey            TicketKey
      Housekeeping     kms:Sign                    TicketKey
      Housekeeping     logs:CreateLogStream        HousekeepingLog
      Housekeeping     logs:PutLogEvents           HousekeepingLog
      Housekeeping     ses:GetAccount              *
      Housekeeping     ses:GetEmailIdentity        identity/forum.test
      Housekeeping     ses:GetEmailIdentity        identity/registration@forum.test
      Housekeeping     sqs:DeleteMessage           WakeUps
      Housekeeping     sqs:GetQueueAttributes      WakeUps
      Housekeeping     sqs:ReceiveMessage          WakeUps
      Housekeeping     sqs:SendMessage             OutboxFailures
      Housekeeping     sqs:SendMessage             WakeUps
      MailEvents       dynamodb:BatchGetItem       Registry
      MailEvents       dynamodb:GetItem            Outbox
      MailEvents       dynamodb:GetItem            Registry
      MailEvents       dynamodb:PutItem            Outbox
      MailEvents       dynamodb:PutItem            Registry
      MailEvents       dynamodb:Query              Registry
      MailEvents       dynamodb:UpdateItem         Outbox
      MailEvents       dynamodb:UpdateItem         Registry
      MailEvents       logs:CreateLogStream        MailEventsLog
      MailEvents       logs:PutLogEvents           MailEventsLog
      MailEvents       sqs:SendMessage             OutboxFailures
      Messages         dynamodb:BatchGetItem       Outbox
      Messages         dynamodb:BatchGetItem       Registry
      Messages         dynamodb:GetItem            Outbox
      Messages         dynamodb:GetItem            Registry
      Messages         dynamodb:PutItem            Audit
      Messages         dynamodb:PutItem            Outbox
      Messages         dynamodb:PutItem            Registry
      Messages         dynamodb:Query              Registry
      Messages         dynamodb:Query              Registry/index/registrations
      Messages         dynamodb:UpdateItem         Registry
      Messages         kms:GenerateMac             SecretsKey
      Messages         logs:CreateLogStream        MessagesLog
      Messages         logs:PutLogEvents           MessagesLog
      Organiser        dynamodb:BatchGetItem       Registry
      Organiser        dynamodb:ConditionCheckItem Registry
      Organiser        dynamodb:DeleteItem         Care
      Organiser        dynamodb:DeleteItem         Registry
      Organiser        dynamodb:GetItem            Outbox
      Organiser        dynamodb:GetItem            Outbox
      Organiser        dynamodb:GetItem            Registry
      Organiser        dynamodb:PutItem            Audit
      Organiser        dynamodb:PutItem            Outbox
      Organiser        dynamodb:PutItem            Registry
      Organiser        dynamodb:Query              Outbox/index/about
      Organiser        dynamodb:Query              Outbox/index/due
      Organiser        dynamodb:Query              Registry
      Organiser        dynamodb:Query              Registry/index/registrations
      Organiser        dynamodb:UpdateItem         Registry
      Organiser        kms:Decrypt                 CareKey
      Organiser        kms:DescribeKey             CareKey
      Organiser        kms:GenerateMac             SecretsKey
      Organiser        logs:CreateLogStream        OrganiserLog
      Organiser        logs:PutLogEvents           OrganiserLog
      OriginKeys       kms:GenerateMac             SecretsKey
      OriginKeys       logs:CreateLogStream        OriginKeysLog
      OriginKeys       logs:PutLogEvents           OriginKeysLog
      Outbox           dynamodb:BatchGetItem       Outbox
      Outbox           dynamodb:BatchGetItem       Registry
      Outbox           dynamodb:DescribeStream     Outbox.StreamArn
      Outbox           dynamodb:GetItem            Outbox
      Outbox           dynamodb:GetItem            Registry
      Outbox           dynamodb:GetRecords         Outbox.StreamArn
      Outbox           dynamodb:GetShardIterator   Outbox.StreamArn
      Outbox           dynamodb:ListStreams        Outbox.StreamArn
      Outbox           dynamodb:PutItem            Outbox
      Outbox           dynamodb:PutItem            Registry
      Outbox           dynamodb:Query              Outbox/index/due
      Outbox           dynamodb:Query              Registry
      Outbox           dynamodb:Scan               Outbox/index/due
      Outbox           dynamodb:UpdateItem         Outbox
      Outbox           events:PutEvents            event-bus/default
      Outbox           kms:GenerateMac             SecretsKey
      Outbox           kms:GetPublicKey            TicketKey
      Outbox           kms:Sign                    TicketKey
      Outbox           logs:CreateLogStream        OutboxLog
      Outbox           logs:PutLogEvents           OutboxLog
      Outbox           ses:GetSendQuota            *
      Outbox           ses:SendRawEmail            configuration-set/ConfigurationSet
      Outbox           ses:SendRawEmail            identity/forum.test
      Outbox           ses:SendRawEmail            identity/registration@forum.test
      Outbox           sqs:SendMessage             OutboxFailures
      Registration     dynamodb:BatchGetItem       Registry
      Registration     dynamodb:DeleteItem         Registry
      Registration     dynamodb:GetItem            Registry
      Registration     dynamodb:PutItem            Care
      Registration     dynamodb:PutItem            Outbox
      Registration     dynamodb:PutItem            Registry
      Registration     dynamodb:UpdateItem         Registry
      Registration     kms:Decrypt                 CareKey
      Registration     kms:DescribeKey             CareKey
      Registration     kms:GenerateMac             SecretsKey
      Registration     logs:CreateLogStream        RegistrationLog
      Registration     logs:PutLogEvents           RegistrationLog
      Site             dynamodb:BatchGetItem       Registry
      Site             dynamodb:GetItem            Registry
      Site             logs:CreateLogStream        SiteLog
      Site             logs:PutLogEvents           SiteLog
      Team             cognito-idp:AdminDeleteSoftwareToken userpool/Organisers
      Team             cognito-idp:AdminUserGlobalSignOut userpool/Organisers
      Team             cognito-idp:ListUsers       userpool/Organisers
      Team             dynamodb:BatchGetItem       Registry
      Team             dynamodb:ConditionCheckItem Registry
      Team             dynamodb:ConditionCheckItem Registry
      Team             dynamodb:DeleteItem         Registry
      Team             dynamodb:DeleteItem         Registry
      Team             dynamodb:GetItem            Registry
      Team             dynamodb:GetItem            Registry
      Team             dynamodb:GetItem            Registry
      Team             dynamodb:PutItem            Audit
      Team             dynamodb:PutItem            Outbox
      Team             dynamodb:PutItem            Registry
      Team             dynamodb:PutItem            Registry
      Team             dynamodb:PutItem            Registry
      Team             dynamodb:Query              Registry
      Team             dynamodb:Query              Registry
      Team             dynamodb:UpdateItem         Registry
      Team             kms:GenerateMac             SecretsKey
      Team             logs:CreateLogStream        TeamLog
      Team             logs:PutLogEvents           TeamLog"
    `);
  });

  it('CS11: one function alone may get or query in Care; the others may only put something there, or delete it', () => {
    const ofCare = rows.filter(({ resource, action }) => resource === 'Care' && action !== TELLS_OF_BACKUPS);
    expect(new Set(ofCare.map(({ role }) => role))).toEqual(
      new Set(['Attendee', 'AttendeeCare', 'Care', 'Delegation', 'Housekeeping', 'Organiser', 'Registration']),
    );
    for (const { role, action, condition } of ofCare.filter(({ role }) => role !== 'Care')) {
      expect(action, role).toMatch(role === 'AttendeeCare' ? /:(Put|Update|Delete)Item$/ : /:(Put|Delete)Item$/);
      expect(condition, role).toEqual({ StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } });
    }
  });

  it('hold no wildcard, but to ask what the account may send, and to whom: IAM knows no narrower resource for that', () => {
    for (const { action } of rows) expect(action).not.toContain('*');
    const wild = rows.filter(({ resource }) => resource.includes('*'));
    expect(wild.map(({ role, action }) => `${role} ${action}`)).toEqual([
      'Outbox ses:GetSendQuota',
      'Housekeeping ses:GetAccount',
    ]);
    expect(resourcesOf(Api, 'AWS::IAM::Policy')).toEqual([]);
    expect(resourcesOf(Api, 'AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  it('let the outbox function write to the registry only that an event is under attack', () => {
    const writing = rows.filter(({ role, action, resource }) =>
      /^Outbox.*(Put|Update|Delete)Item Registry$/.test(`${role} ${action} ${resource}`),
    );
    expect(writing).toMatchObject([
      { condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['GUARD#*'] } } },
    ]);
  });

  it('let the organiser function read how many messages wait, how the SES account stands, and of messages no address', () => {
    const reading = rows.filter(({ role, action, resource }) =>
      /^Organiser.*:(?!Put).* Outbox/.test(`${role} ${action} ${resource}`),
    );
    const queries = reading.filter(({ action }) => action === 'dynamodb:Query');
    expect(queries.map(({ resource }) => resource).sort()).toEqual(['Outbox/index/about', 'Outbox/index/due']);
    const gets = reading.filter(({ action }) => action === 'dynamodb:GetItem');
    expect(gets.map(({ condition }) => condition)).toEqual(
      expect.arrayContaining([
        { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['MAIL-ACCOUNT'] } },
        {
          'ForAllValues:StringEquals': { 'dynamodb:Attributes': expect.not.arrayContaining(['to']) },
          StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
        },
      ]),
    );
    expect([gets.length, reading.length]).toEqual([2, 4]);
  });

  it('let mail leave only in the sender’s name', () => {
    const sending = rows.filter(({ action }) => action.startsWith('ses:Send'));
    expect(sending.length).toBeGreaterThan(0);
    for (const { role, condition } of sending) {
      expect(role).toBe('Outbox');
      expect(condition).toEqual({ StringEquals: { 'ses:FromAddress': 'registration@forum.test' } });
    }
  });
});

function statementsOf(properties: Record<string, never>): Statement[] {
  const policies: { PolicyDocument: { Statement: Statement[] } }[] = properties['Policies'] ?? [];
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

/** Whether IAM's condition lets a call reach a partition. */
function isWithin(condition: unknown, partition: string): boolean {
  const patterns = (operator: string): readonly string[] | undefined =>
    Object(Object(condition)[`ForAllValues:${operator}`])['dynamodb:LeadingKeys'];
  const isLike = (pattern: string) =>
    pattern.endsWith('*') ? partition.startsWith(pattern.slice(0, -1)) : partition === pattern;
  return (patterns('StringLike')?.some(isLike) ?? true) && !patterns('StringNotLike')?.some(isLike);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** What a reference names, for people: `Registry`, `Outbox.StreamArn`, `identity/forum.test`. */
function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, argument]] = Object.entries(value as Record<string, never>) as [[string, never]];
  if (kind === 'Ref') return String(argument).startsWith('AWS::') ? '' : readable(argument);
  if (kind === 'Fn::GetAtt') return readable(`${argument[0]}${argument[1]}`);
  if (kind === 'Fn::ImportValue') return readable(String(argument).replace(/^.*ExportsOutput(FnGetAtt|Ref)/, ''));
  const joined = (argument[1] as unknown[]).map(nameOf).join('');
  return joined.slice(joined.lastIndexOf(':') + 1);
}

/** `Outbox27BBF20AStreamArn1704F992` without the hashes that keep logical ids apart. */
function readable(id: string): string {
  return id
    .replace(/[0-9A-F]{8}/, '.')
    .replace(/[0-9A-F]{8}$/, '')
    .replace(/\.(Arn)?$/, '');
}

import type { Context } from './fixture.ts';

const MAIL = { 'plenary:mailDomain': 'forum.test' };

const SITE = {
  'plenary:siteDomain': 'forum.test',
  'plenary:certificateArn': 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
};

const ZONE = { 'plenary:hostedZoneId': 'Z0123456789ABCDEFGHIJ', 'plenary:dmarcReports': 'reports@forum.test' };

const PROVIDER = { 'plenary:issuer': 'https://login.forum.test/oidc', 'plenary:clientId': 'plenary' };

const SECOND_TICKET_KEY = { 'plenary:ticketKeyGeneration': '2', 'plenary:formerTicketKeys': 'A'.repeat(43) };

const PROTECTED = { 'plenary:protection': 'on' };

const WATCHED = { 'plenary:alarmAddress': 'secretariat@forum.test', 'plenary:monthlyBudget': '50' };

/** One of each kind that docs/operations.md describes, and some together. */
export const CONFIGURATIONS = {
  none: {},
  'a sender': { 'plenary:mailFrom': 'registration@forum.test' },
  'a mail domain': MAIL,
  'a mail domain and a sender': { ...MAIL, 'plenary:mailFrom': 'hello@forum.test' },
  'an account that sends fast': { 'plenary:mailsPerSecond': '200' },
  'recipients in the sandbox': {
    'plenary:mailFrom': 'registration@forum.test',
    'plenary:sandboxRecipients': 'one@tester.test,two@tester.test',
  },
  'an own domain': SITE,
  'an own domain in a hosted zone': { ...MAIL, ...ZONE, 'plenary:siteDomain': 'forum.test' },
  'a hosted zone that has records': {
    ...{ ...MAIL, ...SITE, ...ZONE, 'plenary:leaveRecords': 'site,dmarc', 'plenary:mailFromDomain': 'back.forum.test' },
  },
  'a firewall': { 'plenary:waf': 'on' },
  tags: { 'plenary:tags': 'project=forum,cost-centre=4711' },
  'an own provider': PROVIDER,
  'an own provider with tokens elsewhere': {
    ...PROVIDER,
    'plenary:tokenOrigin': 'https://tokens.forum.test',
    'plenary:scope': 'openid',
  },
  'an own domain and an own provider': { ...SITE, ...PROVIDER },
  'another home event': { 'plenary:homeEvent': 'spring-forum' },
  'an alarm address and a budget': WATCHED,
  'another alarm address': { ...WATCHED, 'plenary:alarmAddress': 'office@forum.test' },
  'nothing that watches': { 'plenary:watch': 'off' },
  'logs for longer': { 'plenary:logRetentionDays': '90' },
  'a trial': { 'plenary:removal': 'destroy' },
  'a second factor for everyone': { 'plenary:mfa': 'required' },
  'a second factor for who wants one': { 'plenary:mfa': 'optional' },
  'another key for tickets': SECOND_TICKET_KEY,
  'another key for CloudFront': { 'plenary:originKeyGeneration': '2' },
  'restored tables': { 'plenary:tables': '20261201T090000Z' },
  protected: PROTECTED,
  everything: {
    ...{ ...MAIL, ...SITE, ...ZONE, ...SECOND_TICKET_KEY, ...PROTECTED, ...WATCHED },
    ...{ 'plenary:logRetentionDays': '90', 'plenary:tracing': 'on', 'plenary:waf': 'on' },
  },
} as const satisfies Record<string, Context>;

export type ConfigurationName = keyof typeof CONFIGURATIONS;

/** Generations are raised and never lowered: docs/operations.md says so. */
const GENERATIONS = ['plenary:ticketKeyGeneration'];

/** Whether docs/operations.md tells how to go from one configuration to the other. */
export const isDescribed = (from: Context, to: Context): boolean =>
  GENERATIONS.every((key) => generation(to, key) >= generation(from, key));

const generation = (context: Context, key: string): number => Number(context[key] ?? '1');

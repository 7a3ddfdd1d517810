import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { hasSender, readConfig } from '../../infra/config.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

const ZONE = { 'plenary:siteDomain': 'forum.test', 'plenary:hostedZoneId': 'Z0123456789' };

describe('configuration', () => {
  it('needs none', () => {
    const config = readConfig({ '@aws-cdk/core:checkSecretUsage': true });
    expect(config).toMatchObject({
      name: 'Plenary',
      removal: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      logRetentionDays: 30,
      mfa: 'required',
    });
    expect(config.isProtected).toBe(false);
    expect(config.site).toBeUndefined();
    expect(hasSender(config)).toBe(false);
  });

  it('takes numbers as the text that -c passes', () => {
    expect(readConfig({ 'plenary:logRetentionDays': '90' }).logRetentionDays).toBe(90);
  });

  it('sends from an address of the mail domain unless told otherwise', () => {
    const config = readConfig({ 'plenary:mailDomain': 'forum.test' });
    expect(config.mailFrom).toBe('registration@forum.test');
    expect(hasSender(config)).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown key',
      { 'plenary:maildomain': 'forum.test' },
      'plenary:maildomain = "forum.test": no such key; known: name, ',
    ],
    [
      'a retention CloudWatch lacks',
      { 'plenary:logRetentionDays': 31 },
      'plenary:logRetentionDays = 31: expected one of 1,',
    ],
    [
      'a domain with a scheme',
      { 'plenary:mailDomain': 'https://forum.test' },
      'plenary:mailDomain = "https://forum.test": expected a domain',
    ],
    [
      'a sender elsewhere',
      { 'plenary:mailDomain': 'a.test', 'plenary:mailFrom': 'x@b.test' },
      'plenary:mailFrom = "x@b.test": expected',
    ],
    [
      'a domain without its zone',
      { 'plenary:siteDomain': 'forum.test' },
      'plenary:siteDomain = "forum.test": it needs its zone',
    ],
    ['a certificate without domain', { 'plenary:certificateArn': CERTIFICATE }, ': of which domain?'],
    [
      'a zone without domain',
      { 'plenary:hostedZoneId': 'Z0123456789' },
      'plenary:hostedZoneId = "Z0123456789": records of what?',
    ],
    [
      'a zone by its name',
      { 'plenary:hostedZoneId': 'forum.test' },
      'plenary:hostedZoneId = "forum.test": expected the id',
    ],
    [
      'a record of no kind',
      { ...ZONE, 'plenary:leaveRecords': 'mx' },
      'plenary:leaveRecords = "mx": expected some of site, dkim',
    ],
    ['records to leave in no zone', { 'plenary:leaveRecords': 'site' }, 'plenary:leaveRecords = "site": no records'],
    [
      'reports that nobody gets',
      { ...ZONE, 'plenary:mailDomain': 'forum.test' },
      'plenary:dmarcReports: a DMARC record',
    ],
    [
      'reports on nothing',
      { 'plenary:dmarcReports': 'a@b.test' },
      'plenary:dmarcReports = "a@b.test": reports on which',
    ],
    [
      'a return path elsewhere',
      { 'plenary:mailDomain': 'a.test', 'plenary:mailFromDomain': 'mail.b.test' },
      'plenary:mailFromDomain = "mail.b.test": expected a subdomain',
    ],
    [
      'mail from its own return path',
      { 'plenary:mailDomain': 'a.test', 'plenary:mailFrom': 'x@mail.a.test' },
      'plenary:mailFrom = "x@mail.a.test": SES allows no mail',
    ],
    ['mail at no pace', { 'plenary:mailsPerSecond': '0' }, 'plenary:mailsPerSecond = "0": expected mails a second'],
    ['another firewall', { 'plenary:waf': 'yes' }, 'plenary:waf = "yes": '],
    ['a tag without value', { 'plenary:tags': 'project' }, 'plenary:tags = "project": expected tags such as'],
    ['a tag of AWS', { 'plenary:tags': 'aws:project=x' }, 'plenary:tags = "aws:project=x": expected tags such as'],
    ['a tag twice', { 'plenary:tags': 'a=1,a=2' }, 'plenary:tags = "a=1,a=2": expected each key once'],
    ['no days of logs', { 'plenary:logRetentionDays': '0' }, 'plenary:logRetentionDays = "0": expected one of 1,'],
    ['a stage with spaces', { 'plenary:name': 'My Forum' }, 'plenary:name = "My Forum": expected a capital'],
    [
      'a certificate of another region',
      { 'plenary:siteDomain': 'forum.test', 'plenary:certificateArn': CERTIFICATE.replace('us-east-1', 'eu-west-1') },
      'eu-west-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000": expected an ACM certificate of us-east-1',
    ],
    [
      'no address for a recipient',
      { 'plenary:sandboxRecipients': 'a@b.test, b' },
      'plenary:sandboxRecipients = "a@b.test, b": expected a bare',
    ],
    [
      'protection of a trial',
      { 'plenary:protection': 'on', 'plenary:removal': 'destroy' },
      'plenary:protection = "on": ',
    ],
    ['another removal', { 'plenary:removal': 'keep' }, 'plenary:removal = "keep": '],
    [
      'an issuer without client',
      { 'plenary:issuer': 'https://login.forum.test' },
      'plenary:issuer = "https://login.forum.test": issuer and clientId',
    ],
    [
      'an issuer without TLS',
      { 'plenary:issuer': 'http://login.forum.test', 'plenary:clientId': 'plenary' },
      'plenary:issuer = "http://login.forum.test": expected an address such as https://',
    ],
    ['no key', { 'plenary:formerTicketKeys': 'abc' }, 'plenary:formerTicketKeys = "abc": expected Ed25519'],
    ['a generation before the first', { 'plenary:ticketKeyGeneration': '0' }, 'plenary:ticketKeyGeneration = "0": '],
    [
      'a key of CloudFront before the first',
      { 'plenary:originKeyGeneration': '0' },
      'plenary:originKeyGeneration = "0": ',
    ],
    [
      'tables of a moment that is none',
      { 'plenary:tables': '2026-12-01T09:00:00Z' },
      'plenary:tables = "2026-12-01T09:00:00Z": expected what npm run restore',
    ],
    [
      'a budget of minus one',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:monthlyBudget': '-1' },
      'plenary:monthlyBudget = "-1": expected an amount',
    ],
    [
      'a budget that is no number',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:monthlyBudget': 'much' },
      'plenary:monthlyBudget = "much": ',
    ],
    ['a budget of nobody', { 'plenary:monthlyBudget': '50' }, 'plenary:monthlyBudget = "50": who is to be told'],
    [
      'an alarm address that is none',
      { 'plenary:alarmAddress': 'secretariat' },
      'plenary:alarmAddress = "secretariat": expected a bare email',
    ],
    [
      'an alarm address without alarms',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:watch': 'off' },
      'plenary:alarmAddress = "a@b.test": nothing rings',
    ],
    ['another way to watch', { 'plenary:watch': 'yes' }, 'plenary:watch = "yes": '],
    ['another second factor', { 'plenary:mfa': 'sms' }, 'plenary:mfa = "sms": '],
    ['a name Cognito refuses', { 'plenary:name': 'ForumOnAws' }, 'plenary:name = "ForumOnAws": Cognito refuses'],
    [
      'a name Systems Manager refuses',
      { 'plenary:name': 'SsmForum' },
      'plenary:name = "SsmForum": Systems Manager refuses',
    ],
    ['a name CloudFormation refuses', { 'plenary:name': 'my_forum' }, 'plenary:name = "my_forum": expected a capital'],
  ])('names key and value of %s, and what is allowed', (_, context, message) => {
    expect(() => readConfig(context)).toThrow(message);
  });
});

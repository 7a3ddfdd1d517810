import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { hasSender, readConfig } from '../../infra/config.ts';

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000';

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
    ['an unknown key', { 'plenary:maildomain': 'forum.test' }, 'plenary:maildomain: no such key; known: name, '],
    [
      'a retention CloudWatch lacks',
      { 'plenary:logRetentionDays': 31 },
      'plenary:logRetentionDays: expected one of 1,',
    ],
    ['a domain with a scheme', { 'plenary:mailDomain': 'https://forum.test' }, 'plenary:mailDomain: expected a domain'],
    ['a sender elsewhere', { 'plenary:mailDomain': 'a.test', 'plenary:mailFrom': 'x@b.test' }, 'plenary:mailFrom: '],
    ['a domain without certificate', { 'plenary:siteDomain': 'forum.test' }, 'plenary:siteDomain: '],
    ['a certificate without domain', { 'plenary:certificateArn': CERTIFICATE }, 'plenary:siteDomain: '],
    [
      'a certificate of another region',
      { 'plenary:siteDomain': 'forum.test', 'plenary:certificateArn': CERTIFICATE.replace('us-east-1', 'eu-west-1') },
      'plenary:certificateArn: expected an ACM certificate of us-east-1',
    ],
    ['no address for a recipient', { 'plenary:sandboxRecipients': 'a@b.test, b' }, 'plenary:sandboxRecipients'],
    ['protection of a trial', { 'plenary:protection': 'on', 'plenary:removal': 'destroy' }, 'plenary:protection: '],
    ['another removal', { 'plenary:removal': 'keep' }, 'plenary:removal: '],
    [
      'an issuer without client',
      { 'plenary:issuer': 'https://login.forum.test' },
      'plenary:issuer: issuer and clientId',
    ],
    [
      'an issuer without TLS',
      { 'plenary:issuer': 'http://login.forum.test', 'plenary:clientId': 'plenary' },
      'plenary:issuer: expected an address such as https://',
    ],
    ['no key', { 'plenary:formerTicketKeys': 'abc' }, 'plenary:formerTicketKeys.0: expected Ed25519'],
    ['a generation before the first', { 'plenary:ticketKeyGeneration': '0' }, 'plenary:ticketKeyGeneration: '],
    [
      'tables of a moment that is none',
      { 'plenary:tables': '2026-12-01T09:00:00Z' },
      'plenary:tables: expected what npm run restore',
    ],
    ['a key of CloudFront before the first', { 'plenary:originKeyGeneration': '0' }, 'plenary:originKeyGeneration: '],
    [
      'a budget of minus one',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:monthlyBudget': '-1' },
      'plenary:monthlyBudget: expected an amount',
    ],
    [
      'a budget that is no number',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:monthlyBudget': 'much' },
      'plenary:monthlyBudget: ',
    ],
    ['a budget of nobody', { 'plenary:monthlyBudget': '50' }, 'plenary:monthlyBudget: who is to be told'],
    [
      'an alarm address that is none',
      { 'plenary:alarmAddress': 'secretariat' },
      'plenary:alarmAddress: expected a bare e-mail',
    ],
    [
      'an alarm address without alarms',
      { 'plenary:alarmAddress': 'a@b.test', 'plenary:watch': 'off' },
      'plenary:alarmAddress: nothing rings',
    ],
    ['another way to watch', { 'plenary:watch': 'yes' }, 'plenary:watch: '],
    ['another second factor', { 'plenary:mfa': 'sms' }, 'plenary:mfa: '],
    ['a name Cognito refuses', { 'plenary:name': 'ForumOnAws' }, 'plenary:name: Cognito refuses'],
    ['a name CloudFormation refuses', { 'plenary:name': 'my_forum' }, 'plenary:name: expected a capital'],
  ])('names the key of %s', (_, context, message) => {
    expect(() => readConfig(context)).toThrow(message);
  });
});

import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { senderIdentities, sesAccountPage } from '../../shared/mail/account/mail-account.ts';
import { type Config, domainOf, hasSender } from '../config.ts';
import type { PolicyResource } from '../constructs/plenary-function.ts';
import { type Deployed, isMade, recordOutput, recordsOf } from './dns.ts';

/** How mail leaves: the sender's identity and the rules for what is sent. Opens and clicks are never tracked. */
export class MailStack extends Stack {
  readonly configurationSetName: string;
  /** What sending needs access to: only in the sender's name. */
  readonly sending: PolicyResource;
  /** What SES may have verified for the sender. */
  readonly sender: readonly string[];
  /** What SES signs with for the mail domain; nothing without one. */
  readonly dkim: Deployed['dkim'];

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { description: 'Plenary: e-mail' });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      // Billed as two metrics, by which nothing goes: alarms look at those of the account, which SES publishes by itself.
      reputationMetrics: false,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [
        EmailSendingEvent.SEND,
        EmailSendingEvent.DELIVERY,
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    this.configurationSetName = configurationSet.configurationSetName;
    this.sending = {
      arns: [
        this.arn('configuration-set', this.configurationSetName),
        ...identitiesOf(config).map((identity) => this.arn('identity', identity)),
      ],
      conditions: { StringEquals: { 'ses:FromAddress': config.mailFrom } },
    };

    this.sender = senderIdentities(config.mailFrom).map((identity) => this.arn('identity', identity));

    this.dkim = config.mailDomain ? this.proveDomain(config, config.mailDomain) : [];
    new CfnOutput(this, 'SesProductionAccess', {
      value: [
        'aws sesv2 get-account --query ProductionAccessEnabled. While it answers false, the SES account is in its sandbox:',
        'mail reaches verified addresses only, at most 200 a day and 1 a second.',
        `To leave it, request production access at ${sesAccountPage(this.region)}`,
        'or with aws sesv2 put-account-details (docs/operations.md); it takes about a day.',
      ].join(' '),
    });
    if (!hasSender(config)) {
      Annotations.of(this).addWarningV2(
        'plenary:no-sender',
        `no mail will be sent from ${config.mailFrom}: set plenary:mailDomain or plenary:mailFrom (docs/operations.md)`,
      );
    }
    new CfnOutput(this, 'MailFrom', { value: config.mailFrom });
  }

  /** What SES thinks of it changes without a deployment, so an output names the question and not an answer that would grow old. */
  private proveDomain(config: Config, mailDomain: string): Deployed['dkim'] {
    const { mailFromDomain } = config;
    const { dkimRecords: dkim } = new EmailIdentity(this, 'Identity', {
      identity: Identity.domain(mailDomain),
      ...(mailFromDomain && { mailFromDomain }),
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
    });
    const byHand = recordsOf({ ...config, site: undefined }, { region: this.region, distribution: '', dkim }).filter(
      (record) => !isMade(config, record),
    );
    for (const { id, name, type, value } of byHand) {
      new CfnOutput(this, recordOutput(id), { value: `${name} ${type} ${value}` });
    }
    const isLeft = byHand.some(({ kind }) => kind === 'dkim');
    new CfnOutput(this, 'MailDomainVerified', {
      value: [
        `aws sesv2 get-email-identity --email-identity ${mailDomain} --query VerifiedForSendingStatus.`,
        'While it answers false, no mail leaves:',
        isLeft ? `add the records of DkimRecord1 to DkimRecord3 to the DNS of ${mailDomain} and wait,` : 'wait,',
        'at most 72 hours.',
      ].join(' '),
    });
    return dkim;
  }

  private arn(resource: string, resourceName: string): string {
    return this.formatArn({ service: 'ses', resource, resourceName });
  }
}

/**
 * SES checks the most specific identity that was verified, be it an address or its domain, so each may be meant.
 * In its sandbox it checks the recipients' identities too (aws/aws-sdk-js issue 3641).
 */
function identitiesOf({ mailDomain, mailFrom, sandboxRecipients }: Config): string[] {
  const domains = [mailFrom, ...sandboxRecipients].map(domainOf);
  return [...new Set([...(mailDomain ? [mailDomain] : []), mailFrom, ...sandboxRecipients, ...domains])];
}

import { Annotations, CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import type { Construct } from 'constructs';
import { type Config, domainOf, hasSender } from '../config.ts';
import type { Resource } from '../permissions.ts';

/** How mail leaves: the sender's identity and the rules for what is sent. Opens and clicks are never tracked. */
export class MailStack extends Stack {
  readonly configurationSetName: string;
  /** What sending needs access to: only in the sender's name. */
  readonly sending: Resource;

  constructor(scope: Construct, id: string, config: Config) {
    super(scope, id, { description: 'Plenary: e-mail' });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
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

    if (config.mailDomain) this.proveDomain(config.mailDomain);
    if (!hasSender(config)) {
      Annotations.of(this).addWarningV2(
        'plenary:no-sender',
        `no mail will be sent from ${config.mailFrom}: set plenary:mailDomain or plenary:mailFrom (docs/operations.md)`,
      );
    }
    new CfnOutput(this, 'MailFrom', { value: config.mailFrom });
  }

  private proveDomain(mailDomain: string): void {
    const identity = new EmailIdentity(this, 'Identity', { identity: Identity.domain(mailDomain) });
    identity.dkimRecords.forEach(({ name, value }, index) => {
      new CfnOutput(this, `DkimRecord${index + 1}`, { value: `${name} CNAME ${value}` });
    });
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

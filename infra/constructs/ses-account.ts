import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';

export interface SesAccountProps {
  /** The domain that mail is from, where SES is to prove one. */
  readonly mailDomain?: string | undefined;
  /** Of that domain. */
  readonly identityArn: string;
  readonly logRetention: RetentionDays;
}

/** What SES says, when the stack is deployed, of the account and the domain that mail leaves from. */
export class SesAccount extends Construct {
  /** `true` or `false`. */
  readonly productionAccess: string;
  /** `true` or `false`; nothing where SES proves no domain. */
  readonly domainVerified: string | undefined;

  constructor(scope: Construct, id: string, { mailDomain, identityArn, logRetention }: SesAccountProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    // A resource that is the same as last time is not looked at again.
    const physicalResourceId = PhysicalResourceId.of(new Date().toISOString());
    const ask = (name: string, action: string, parameters: object, resource: string, field: string): string =>
      new AwsCustomResource(this, name, {
        resourceType: `Custom::Ses${name}`,
        onUpdate: { service: 'SESv2', action, parameters, outputPaths: [field], physicalResourceId },
        policy: AwsCustomResourcePolicy.fromStatements([
          new PolicyStatement({
            actions: [`ses:${action[0]?.toUpperCase()}${action.slice(1)}`],
            resources: [resource],
          }),
        ]),
        installLatestAwsSdk: false,
        memorySize: 256,
        logGroup,
      }).getResponseField(field);
    this.productionAccess = ask('Account', 'getAccount', {}, '*', 'ProductionAccessEnabled');
    this.domainVerified =
      mailDomain &&
      ask('Domain', 'getEmailIdentity', { EmailIdentity: mailDomain }, identityArn, 'VerifiedForSendingStatus');
  }
}

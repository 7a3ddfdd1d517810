import { join } from 'node:path';
import { type CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct, type IConstruct } from 'constructs';
import { type LogSettings, writeTo } from './plenary-function.ts';

export interface AssetBucketProps {
  /** Built files: `assets/*` with content hashes in their names, and a few with fixed names; the folders of the apps are left out. */
  readonly folder: string;
  readonly logs: LogSettings;
}

/** The static files of the site, private but for the distribution. */
export class AssetBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { folder, logs }: AssetBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // It holds nothing that a build cannot make again.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    const logGroup = new LogGroup(this, 'DeploymentLog', logs);
    logTo(logGroup, this.bucket);
    // Nothing is pruned: pages that are still open or cached point to the files of earlier deployments.
    const common = { destinationBucket: this.bucket, prune: false, ...copying(this, logGroup) };
    const hashed = new BucketDeployment(this, 'Hashed', {
      ...common,
      sources: [Source.asset(join(folder, 'assets'))],
      destinationKeyPrefix: 'assets',
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    const fixed = new BucketDeployment(this, 'Fixed', {
      ...common,
      sources: [Source.asset(folder, { exclude: ['assets', 'console', 'checkin'] })],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(1))],
    });
    /*
     * A bucket can be deleted when it is empty, so that nothing is copied into it before there is what empties it. That waits for the
     * bucket's policy, which names the distribution: where CloudFront does not serve the account yet, the bucket is still empty. One
     * copy after the other, since CloudFormation calls off one that runs without waiting for its end.
     */
    hashed.node.addDependency(emptyingOf(this.bucket));
    fixed.node.addDependency(hashed);
  }
}

/**
 * How CDK's function copies files: with a role that logs into its own group, where CDK's would let it log anywhere, and more memory, which
 * is processor time.
 */
export const copying = (scope: Construct, logGroup: ILogGroup) => ({
  logGroup,
  memoryLimit: 512,
  role: new Role(scope, 'CopyingRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: { Log: new PolicyDocument({ statements: [writeTo(logGroup)] }) },
  }),
});

/** What empties a bucket when it goes. */
const emptyingOf = (bucket: Bucket): IConstruct => bucket.node.findChild('AutoDeleteObjectsCustomResource');

/** What empties a bucket is one function of CDK's for a stack; by itself, it would log into a group that nobody made and that stays for ever. */
function logTo(logGroup: LogGroup, bucket: Bucket): void {
  const emptying = Stack.of(bucket).node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
  (emptying.node.findChild('Handler') as CfnResource).addPropertyOverride(
    'LoggingConfig.LogGroup',
    logGroup.logGroupName,
  );
}

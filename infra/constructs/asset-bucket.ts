import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { CHECKIN_CACHING } from '../../shared/contract/checkin-page.ts';
import { CONSOLE_CACHING } from '../../shared/contract/console-page.ts';
import type { LogSettings } from './plenary-function.ts';

export interface AssetBucketProps {
  /** Built files: `assets/*` with content hashes in their names, the console's and the check-in app's page, and a few with fixed names. */
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
      removalPolicy: logs.removalPolicy,
      autoDeleteObjects: logs.removalPolicy === RemovalPolicy.DESTROY,
    });
    const logGroup = new LogGroup(this, 'DeploymentLog', logs);
    // Nothing is pruned: pages that are still open or cached point to the files of earlier deployments.
    const common = { destinationBucket: this.bucket, prune: false, logGroup };
    new BucketDeployment(this, 'Hashed', {
      ...common,
      sources: [Source.asset(join(folder, 'assets'))],
      destinationKeyPrefix: 'assets',
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(365)), CacheControl.immutable()],
    });
    new BucketDeployment(this, 'Fixed', {
      ...common,
      sources: [Source.asset(folder, { exclude: ['assets', 'console', 'checkin'] })],
      cacheControl: [CacheControl.setPublic(), CacheControl.maxAge(Duration.days(1))],
    });
    new BucketDeployment(this, 'Console', {
      ...common,
      sources: [Source.asset(join(folder, 'console'))],
      destinationKeyPrefix: 'console',
      cacheControl: [CacheControl.fromString(CONSOLE_CACHING)],
    });
    new BucketDeployment(this, 'CheckIn', {
      ...common,
      sources: [Source.asset(join(folder, 'checkin'))],
      destinationKeyPrefix: 'checkin',
      cacheControl: [CacheControl.fromString(CHECKIN_CACHING)],
    });
  }
}

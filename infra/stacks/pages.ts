import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { CHECKIN_CACHING } from '../../shared/checkin/checkin-page.ts';
import { CONSOLE_CACHING } from '../../shared/kernel/console-page.ts';
import type { Config } from '../config.ts';
import { copying } from '../constructs/asset-bucket.ts';

export interface PagesStackProps {
  readonly config: Config;
  /** Where the site's files are. */
  readonly bucket: IBucket;
  /** Built files of the site: the page of each app, with the files beside it, is in a folder of its own. */
  readonly folder: string;
}

/**
 * The pages of the console and of the check-in app, and its service worker: the files with fixed names from which the apps begin.
 * What they load has hashes in its names and is there already, with `Web`.
 */
export class PagesStack extends Stack {
  constructor(scope: Construct, id: string, { config, bucket, folder }: PagesStackProps) {
    super(scope, id, { description: 'Plenary: pages of the console and of the check-in app' });
    const logGroup = new LogGroup(this, 'DeploymentLog', {
      retention: config.logRetentionDays,
      removalPolicy: config.removal,
    });
    const how = copying(this, logGroup);
    const put = (logicalId: string, name: string, caching: string): BucketDeployment =>
      new BucketDeployment(this, logicalId, {
        destinationBucket: bucket,
        destinationKeyPrefix: name,
        sources: [Source.asset(join(folder, name))],
        cacheControl: [CacheControl.fromString(caching)],
        prune: false,
        ...how,
      });
    put('Console', 'console', CONSOLE_CACHING);
    put('CheckIn', 'checkin', CHECKIN_CACHING);
  }
}

import { CfnOutput, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type Config, hostedDomainPrefix } from '../config.ts';
import { AssetBucket } from '../constructs/asset-bucket.ts';
import { OriginKeys } from '../constructs/origin-keys.ts';
import { SiteDistribution } from '../constructs/site-distribution.ts';
import type { DataStack } from './data.ts';
import { isMade, recordOutput } from './dns.ts';

export interface WebStackProps {
  readonly config: Config;
  readonly data: Pick<DataStack, 'secretsKey'>;
  /** Built files of the site. */
  readonly folder: string;
  /** Of the site's domain, if it has one. */
  readonly certificateArn?: string | undefined;
  readonly webAclArn?: string | undefined;
}

/**
 * Where the system is found: its public address and the HTTP API behind it, without routes or a stage.
 *
 * Addresses come first and code comes after, in `Api`: the outbox writes the public address into links, and the
 * distribution needs the API's address, so an API declared together with its functions would close a circle.
 */
export class WebStack extends Stack {
  readonly api: HttpApi;
  readonly siteUrl: string;
  /** Where the site's files are. */
  readonly bucket: Bucket;
  /** The host of the distribution. */
  readonly distribution: string;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    const { config, data, folder, certificateArn, webAclArn } = props;
    super(scope, id, { description: 'Plenary: public address' });
    const logs = { retention: config.logRetentionDays, removalPolicy: config.removal };
    this.api = new HttpApi(this, 'Http', { apiName: id, createDefaultStage: false });
    const { bucket } = new AssetBucket(this, 'Assets', { folder, logs });
    const generation = config.originKeyGeneration;
    const originKeys = new OriginKeys(this, 'OriginKeys', {
      secretsKey: data.secretsKey,
      generations: [generation],
      logs,
    });
    this.bucket = bucket;
    const { distribution, url } = new SiteDistribution(this, 'Site', {
      api: this.api,
      assets: bucket,
      domain: config.site?.domain,
      ...{ certificateArn, webAclArn },
      originKey: originKeys.of(generation),
      provider: this.providerOf(config),
    });
    this.siteUrl = url;
    this.distribution = distribution.distributionDomainName;
    // Stacks that were deployed without a domain import it, also one that left the app since: an export in use can neither go nor change.
    this.exportValue(distribution.distributionDomainName);
    new CfnOutput(this, 'SiteUrl', { value: url });
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
    if (config.site && !isMade(config, { kind: 'site' })) {
      const value = `${config.site.domain} CNAME ${distribution.distributionDomainName}`;
      new CfnOutput(this, recordOutput('Site'), { value });
    }
  }

  /** What of an OpenID provider the console talks to: Cognito describes itself in one place and gives tokens in another. */
  private providerOf(config: Config): readonly string[] {
    if (config.signIn !== undefined) return config.signIn.origins;
    return [
      `https://cognito-idp.${this.region}.${this.urlSuffix}`,
      `https://${hostedDomainPrefix(config)}.auth.${this.region}.amazoncognito.com`,
    ];
  }
}

import { Duration, Stack } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Route } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { Config } from '../config.ts';

export interface SiteDistributionProps {
  readonly api: HttpApi;
  readonly assets: IBucket;
  readonly site: Config['site'];
}

/** Paths that are files; all others are routes of the API. */
const FILES = ['/assets/*', '/favicon.svg', '/robots.txt'];

/**
 * The one public address: files from the bucket, everything else from the API.
 *
 * There are no CloudFront access logs: they would hold the paths of personal links. The API's log counts requests.
 */
export class SiteDistribution extends Construct {
  readonly distribution: Distribution;
  /** `https://host`, no slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { api, assets, site }: SiteDistributionProps) {
    super(scope, id);
    const common = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.securityHeaders(),
      compress: true,
    };
    const files: BehaviorOptions = { ...common, origin: S3BucketOrigin.withOriginAccessControl(assets) };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Edges in Asia without the dearest continents.
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(site && {
        domainNames: [site.domain],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', site.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
      defaultBehavior: {
        ...common,
        origin: new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: this.asTheFunctionSays(),
        // API Gateway finds its API by Host, so the viewer's own must not reach it.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: Object.fromEntries(FILES.map((path) => [path, files])),
    });
    this.url = `https://${site?.domain ?? this.distribution.distributionDomainName}`;
  }

  /**
   * Nothing is cached unless its function says so in Cache-Control, and then apart for whatever it may depend on:
   * a mistake in a header can never show one person's page to another. Caching must be possible for
   * CloudFront to compress at all.
   */
  private asTheFunctionSays(): CachePolicy {
    return new CachePolicy(this, 'Pages', {
      comment: 'Plenary: as Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...queryParameters()),
      headerBehavior: CacheHeaderBehavior.allowList('Accept-Language', 'Authorization'),
      cookieBehavior: CacheCookieBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** For files, and for what API Gateway answers by itself; pages bring stricter ones of their own. */
  private securityHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'Plenary: headers of every response',
      securityHeadersBehavior: {
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: false },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
      },
    });
  }
}

/** Every query parameter that the contract knows. */
function queryParameters(): string[] {
  const routes: Route[] = Object.values(ROUTES);
  return [...new Set(routes.flatMap(({ query }) => Object.keys(query?.shape ?? {})))];
}

import { Aws, Duration, Stack } from 'aws-cdk-lib';
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
  Function as EdgeFunction,
  type ErrorResponse,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  type ResponseSecurityHeadersBehavior,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CHECKIN_PAGE, CHECKIN_PATH, CHECKIN_PERMISSIONS, CHECKIN_POLICY } from '../../shared/checkin/checkin-page.ts';
import { CONSOLE_PAGE, CONSOLE_PATH, consolePolicy } from '../../shared/kernel/console-page.ts';
import { ORIGIN_KEY_HEADER } from '../../shared/kernel/http/viewer-request.ts';
import { viewerRequestCode } from '../viewer-request.ts';

export interface SiteDistributionProps {
  readonly api: HttpApi;
  readonly assets: IBucket;
  /** Its own address otherwise. */
  readonly domain: string | undefined;
  /** Of `domain`. */
  readonly certificateArn: string | undefined;
  readonly webAclArn: string | undefined;
  /** What it shows to functions. */
  readonly originKey: string;
  /** Origins that the console talks to when an organiser signs in. */
  readonly provider: readonly string[];
}

/** Paths that are files; all others are routes of the API. */
const FILES = ['/assets/*', '/favicon.svg', '/licences.txt', '/robots.txt'];
/** Paths that are the console's one page. */
const CONSOLE = [CONSOLE_PATH.slice(0, -1), `${CONSOLE_PATH}*`];
/** Paths of the check-in app: its page, and the files beside it. */
const CHECKIN = [CHECKIN_PATH.slice(0, -1), `${CHECKIN_PATH}*`];

/**
 * The one public address: files from the bucket, everything else from the API.
 *
 * There are no CloudFront access logs: they would hold the paths of personal links. The API's log counts requests.
 */
export class SiteDistribution extends Construct {
  readonly distribution: Distribution;
  /** `https://host`, no slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SiteDistributionProps) {
    super(scope, id);
    const { api, assets, domain, certificateArn, webAclArn, originKey, provider } = props;
    const common = {
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: this.securityHeaders(),
      compress: true,
    };
    const originAccessControl = new S3OriginAccessControl(this, 'FilesAccess', {
      originAccessControlName: this.nameOf('files'),
    });
    const origin = S3BucketOrigin.withOriginAccessControl(assets, { originAccessControl });
    const files: BehaviorOptions = { ...common, origin };
    const console = { ...files, ...this.consolePage(provider) };
    const checkin = { ...files, ...this.checkin() };
    this.distribution = new Distribution(this, 'Distribution', {
      comment: Stack.of(this).stackName,
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Edges in Asia without the dearest continents.
      priceClass: PriceClass.PRICE_CLASS_200,
      ...(webAclArn && { webAclId: webAclArn }),
      ...(domain &&
        certificateArn && {
          domainNames: [domain],
          certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
        }),
      defaultBehavior: {
        ...common,
        origin: new HttpOrigin(`${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}`, {
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          customHeaders: { [ORIGIN_KEY_HEADER]: originKey },
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: this.pagesPolicy(),
        // API Gateway finds its API by Host, so the viewer's own must not reach it.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        // Pages and the API: what is answered the same is kept once.
        ...this.atRequest('Normaliser', 'leaves of a request what an answer can depend on', viewerRequestCode()),
      },
      additionalBehaviors: {
        ...Object.fromEntries(FILES.map((path) => [path, files])),
        ...Object.fromEntries(CONSOLE.map((path) => [path, console])),
        ...Object.fromEntries(CHECKIN.map((path) => [path, checkin])),
      },
      errorResponses: ERRORS,
    });
    this.url = `https://${domain ?? this.distribution.distributionDomainName}`;
  }

  /**
   * Nothing is cached unless its function says so in Cache-Control, and then apart for whatever it may depend on:
   * a mistake in a header can never show one person's page to another. Caching must be possible for
   * CloudFront to compress at all.
   *
   * All query parameters count: a policy can name ten, the contract knows more, and the normaliser leaves no other.
   */
  private pagesPolicy(): CachePolicy {
    return new CachePolicy(this, 'Pages', {
      comment: 'Plenary: as Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      headerBehavior: CacheHeaderBehavior.allowList('Accept-Language', 'Authorization'),
      cookieBehavior: CacheCookieBehavior.all(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** CloudFront is in no region: what it knows by a name would be in the way of a system of the same name in another one. */
  private nameOf(what: string): string {
    return `${Stack.of(this).stackName}-${what}-${Aws.REGION}`;
  }

  /** What CloudFront runs for each request, before it looks whether it has the answer. */
  private atRequest(id: string, does: string, code: string): Pick<BehaviorOptions, 'functionAssociations'> {
    const edge = new EdgeFunction(this, id, {
      comment: `Plenary: ${does}`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(code),
    });
    return { functionAssociations: [{ function: edge, eventType: FunctionEventType.VIEWER_REQUEST }] };
  }

  /** For files, and for what API Gateway answers by itself; pages bring stricter ones of their own. */
  private securityHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: this.nameOf('headers'),
      comment: 'Plenary: headers of every response',
      securityHeadersBehavior: SECURITY_HEADERS,
    });
  }

  /** The console finds out by itself what an address means; its policy lets it reach the OpenID provider. */
  private consolePage(
    provider: readonly string[],
  ): Pick<BehaviorOptions, 'functionAssociations' | 'responseHeadersPolicy'> {
    const code = `function handler(event) { event.request.uri = '${CONSOLE_PAGE}'; return event.request; }`;
    return {
      ...this.atRequest('ConsolePage', 'one page for every address of the console', code),
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'ConsoleHeaders', {
        responseHeadersPolicyName: this.nameOf('console-headers'),
        comment: 'Plenary: headers of the console',
        securityHeadersBehavior: {
          ...SECURITY_HEADERS,
          contentSecurityPolicy: { contentSecurityPolicy: consolePolicy(provider), override: true },
        },
      }),
    };
  }

  /** The app may run WebAssembly and use the camera, which nothing else here may. */
  private checkin(): Pick<BehaviorOptions, 'functionAssociations' | 'responseHeadersPolicy'> {
    return {
      ...this.atRequest('CheckInPage', 'the page of the check-in app, and the files beside it', CHECKIN_AT_THE_EDGE),
      responseHeadersPolicy: new ResponseHeadersPolicy(this, 'CheckInHeaders', {
        responseHeadersPolicyName: this.nameOf('check-in-headers'),
        comment: 'Plenary: headers of the check-in app',
        customHeadersBehavior: {
          customHeaders: [{ header: 'permissions-policy', value: CHECKIN_PERMISSIONS, override: true }],
        },
        securityHeadersBehavior: {
          ...SECURITY_HEADERS,
          contentSecurityPolicy: { contentSecurityPolicy: CHECKIN_POLICY, override: true },
        },
      }),
    };
  }
}

/**
 * As `checkinFile` says it, where none of our code runs. Without the slash at its end the page would lie outside of what its service
 * worker may answer for.
 */
const CHECKIN_AT_THE_EDGE = `function handler(event) {
  var request = event.request;
  if (request.uri === '${CHECKIN_PATH.slice(0, -1)}')
    return { statusCode: 308, statusDescription: 'Permanent Redirect', headers: { location: { value: '${CHECKIN_PATH}' } } };
  if (!/\\.\\w+$/.test(request.uri)) request.uri = '${CHECKIN_PAGE}';
  return request;
}`;

const SECURITY_HEADERS: ResponseSecurityHeadersBehavior = {
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: false },
  contentTypeOptions: { override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: false },
};

/**
 * Errors are kept as long as their own Cache-Control says, and not for the ten seconds for which CloudFront otherwise hands the answer to
 * one person on to everyone. These are all of those that it lets us name; of others it keeps 410, 412 and 415, where they say so.
 *
 * Of 404, 414 and 501 it would respect `no-store` by itself, of the rest it does not; what API Gateway or the bucket answers says nothing
 * at all. Their pages are not replaced.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
const ERRORS: ErrorResponse[] = [400, 403, 404, 405, 414, 500, 501, 502, 503, 504].map((httpStatus) => ({
  httpStatus,
  ttl: Duration.seconds(0),
}));

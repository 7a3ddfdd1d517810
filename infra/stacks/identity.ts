import { CfnOutput, CrossStackReferences, Duration, ReferenceStrength, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { type Config, hostedDomainPrefix, type SignIn } from '../config.ts';

export interface IdentityStackProps {
  readonly config: Config;
  /** `https://host`, no slash at the end: where signing in leads back to. */
  readonly siteUrl: string;
}

/** How long an access token opens routes. Roles are read for each request, so that revoking one need not wait for it. */
const ACCESS = Duration.minutes(60);

/**
 * AU6: whatever an organiser does, they have to prove themselves again within twelve hours. A rotated refresh token lasts for
 * what is left of the first one; before it comes the hour for which Cognito's pages remember who signed in, after it the
 * last access token.
 */
const REFRESH = Duration.hours(10);

/**
 * Where organisers sign in, unless the organisation has a provider of its own. Anyone may make an account: it says who
 * they are and opens nothing until they are invited into a role.
 */
export class IdentityStack extends Stack implements SignIn {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope = 'openid';
  readonly userPoolId: string;

  constructor(scope: Construct, id: string, { config, siteUrl }: IdentityStackProps) {
    super(scope, id, { description: 'Plenary: accounts of organisers', terminationProtection: config.isProtected });
    // Where an own provider takes its place it stays as it is, and keeps no other stack from being deleted: it reads the address of `Web`,
    // which never changes while that stack is there, and imports nothing.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const pool = new UserPool(this, 'Organisers', {
      signInAliases: { email: true },
      signInCaseSensitive: false,
      selfSignUpEnabled: true,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      keepOriginal: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      mfa: config.mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { sms: false, otp: true },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: config.isProtected,
      removalPolicy: config.removal,
    });
    const domain = pool.addDomain('Domain', { cognitoDomain: { domainPrefix: hostedDomainPrefix(config) } });
    this.issuer = pool.userPoolProviderUrl;
    this.userPoolId = pool.userPoolId;
    this.clientId = consoleOf(pool, `${siteUrl}/console/`).userPoolClientId;

    new CfnOutput(this, 'Issuer', { value: this.issuer });
    new CfnOutput(this, 'UserPoolId', { value: this.userPoolId });
    new CfnOutput(this, 'ClientId', { value: this.clientId });
    new CfnOutput(this, 'SignInPages', { value: domain.baseUrl() });
  }
}

/** The console: a public client, which could keep no secret; PKCE ties a code to the browser that asked for it. */
const consoleOf = (pool: UserPool, address: string): UserPoolClient =>
  pool.addClient('Console', {
    generateSecret: false,
    // Said at all, lest Cognito allow its older renewal of sessions, which rotation excludes.
    authFlows: { userSrp: true },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [address],
      logoutUrls: [address],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    accessTokenValidity: ACCESS,
    idTokenValidity: ACCESS,
    refreshTokenValidity: REFRESH,
    refreshTokenRotationGracePeriod: Duration.seconds(60),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });

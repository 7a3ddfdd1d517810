import { Aws } from 'aws-cdk-lib';
import type { Config } from './config.ts';

/** What a client and an authorizer have to know of an OpenID provider. */
export interface SignIn {
  readonly issuer: string;
  readonly clientId: string;
  /** Separated by spaces. */
  readonly scope: string;
  /** The id of our own user pool; absent where an organisation's own provider takes its place. */
  readonly userPoolId?: string;
}

/**
 * The name of Cognito's sign-in pages, unique in a region of AWS. It follows from the configuration alone, so that what
 * comes before the user pool, such as a content security policy, can name it.
 */
export const hostedDomainPrefix = ({ name }: Pick<Config, 'name'>): string => `${name.toLowerCase()}-${Aws.ACCOUNT_ID}`;

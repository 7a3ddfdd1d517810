import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Stands in for `@aws-sdk/credential-provider-node` in bundles: the environment is all that Lambda needs. */
export const defaultProvider = (): ReturnType<typeof fromEnv> => fromEnv();

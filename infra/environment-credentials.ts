import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in bundles: the environment is all that Lambda needs. It is that of an
 * instance for as long as that lives, and a client asks several times for each request.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  const read = fromEnv();
  let credentials: ReturnType<typeof read> | undefined;
  return () => {
    credentials ??= read();
    return credentials;
  };
}

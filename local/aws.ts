import { fileURLToPath } from 'node:url';

const NO_WARNING = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

// Functions are deployed on a newer Node than the one this may run on; the SDK would warn on each start.
process.env[NO_WARNING] = 'true';

/**
 * What every AWS client here is created with. The emulators accept any signature, but the SDK insists on signing.
 */
export const LOCAL_AWS = {
  region: 'ap-southeast-1',
  accountId: '000000000000',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
} as const;

/** The same as environment variables, for functions and for tests that create clients without options. */
export const LOCAL_AWS_ENVIRONMENT: Readonly<Record<string, string>> = {
  AWS_REGION: LOCAL_AWS.region,
  AWS_DEFAULT_REGION: LOCAL_AWS.region,
  AWS_ACCESS_KEY_ID: LOCAL_AWS.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: LOCAL_AWS.credentials.secretAccessKey,
  [NO_WARNING]: 'true',
};

/** Where `npm start` says what commands need that work on what it runs. */
export const OPERATOR_FILE = fileURLToPath(new URL('../.local/operator.json', import.meta.url));

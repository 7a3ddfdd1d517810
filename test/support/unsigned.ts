/**
 * Asks the database of this machine without a signature: it accepts any, and making one is a quarter of the processor's time that the SDK
 * takes for a request.
 */
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LOCAL_AWS } from '../../local/aws.ts';

interface Unsigned {
  readonly headers: Record<string, string>;
}

const ANY = `AWS4-HMAC-SHA256 Credential=${LOCAL_AWS.credentials.accessKeyId}/20000101/${LOCAL_AWS.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

const signer = {
  async sign<Request extends Unsigned>(request: Request): Promise<Request> {
    Object.assign(request.headers, { authorization: ANY, 'x-amz-date': '20000101T000000Z' });
    return request;
  },
};

const from = DynamoDBDocumentClient.from;

/** Packages outlive files in a process: what one has replaced is not replaced again. */
if (!globalThis.isUnsigned) {
  globalThis.isUnsigned = true;
  DynamoDBDocumentClient.from = function unsigned(...given: Parameters<typeof from>) {
    const client = from.apply(this, given);
    client.config.signer = async () => signer;
    return client;
  };
}

declare global {
  var isUnsigned: boolean | undefined;
}

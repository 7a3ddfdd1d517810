import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { LOCAL_AWS } from '../aws.ts';

/**
 * A record as Lambda hands it to functions: seconds for dates, base64 for bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function toLambdaRecord(record: _Record, eventSourceARN: string): DynamoDBRecord {
  const { ApproximateCreationDateTime, Keys, NewImage, OldImage, ...rest } = record.dynamodb ?? {};
  const images = Object.entries({ Keys, NewImage, OldImage }).flatMap(([name, image]) =>
    image === undefined ? [] : [[name, toJsonImage(image)]],
  );
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? 'INSERT',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: LOCAL_AWS.region,
    dynamodb: {
      ...rest,
      ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime?.getTime() ?? 0) / 1000),
      ...Object.fromEntries(images),
    },
    eventSourceARN,
  };
}

const toJsonImage = (image: Record<string, AttributeValue>): unknown =>
  JSON.parse(JSON.stringify(image, (_, value) => (isBytes(value) ? toBase64(value) : value)));

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

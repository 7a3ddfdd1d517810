import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

export type DocumentClient = DynamoDBDocumentClient;

/** Region, credentials and endpoint come from the environment, on Lambda and on one machine alike. */
export const documentClient = (dynamodb: DynamoDBClient = new DynamoDBClient({})): DocumentClient =>
  DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });

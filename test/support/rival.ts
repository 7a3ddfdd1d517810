import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

interface Meeting {
  /** Commands that are sent before. */
  before: number;
  readonly rival: () => Promise<unknown>;
  hasMet: boolean;
}

const meetings = new AsyncLocalStorage<Meeting | undefined>();

/**
 * Has somebody else act between two commands that a request sends to the database, as on another instance at the same moment.
 *
 * @param before commands that the request sends before
 * @returns nothing where it sends no more than these
 */
export async function metBy<Answer>(
  before: number,
  rival: () => Promise<unknown>,
  request: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const meeting: Meeting = { before, rival, hasMet: false };
  const answer = await meetings.run(meeting, request);
  return meeting.hasMet ? answer : undefined;
}

const from = DynamoDBDocumentClient.from.bind(DynamoDBDocumentClient);

DynamoDBDocumentClient.from = function meeting(...given: Parameters<typeof from>) {
  const client = from(...given);
  client.middlewareStack.add(
    (next) => async (args) => {
      const now = meetings.getStore();
      if (now && !now.hasMet && now.before-- === 0) {
        now.hasMet = true;
        await meetings.run(undefined, now.rival);
      }
      return next(args);
    },
    { step: 'initialize', name: 'rival', override: true },
  );
  return client;
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { watched } from '../log.store.ts';

export type DocumentClient = DynamoDBDocumentClient;

/** Region, credentials and endpoint come from the environment, on Lambda and on one machine alike. */
export function documentClient(dynamodb: DynamoDBClient = new DynamoDBClient({})): DocumentClient {
  const place = { step: 'deserialize', priority: 'high', name: 'conflict', override: true } as const;
  watched(lean(dynamodb)).middlewareStack.add(retriedConflict, place);
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  client.send = reusingHandlers(client);
  return client;
}

/**
 * Has the SDK try again, as it does where it is throttled, to read or write one item that a transaction holds: DynamoDB refuses that at once.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling
 */
const retriedConflict =
  <Sent, Answer>(next: (sent: Sent) => Promise<Answer>) =>
  async (sent: Sent): Promise<Answer> => {
    try {
      return await next(sent);
    } catch (error) {
      const isConflict = error instanceof Error && error.name === 'TransactionConflictException';
      throw isConflict ? Object.assign(error, { $retryable: {} }) : error;
    }
  };

/** Sends a command of the client beneath, through all that handles such a one. */
type Handle = (command: object) => Promise<{ readonly output: object }>;

/** What a command of the document client holds: one of the client beneath, and what turns items into attribute values around it. */
interface DocumentCommand {
  readonly middlewareStack: never;
  readonly clientCommand: {
    resolveMiddleware(stack: unknown, configuration: unknown, options: undefined): Handle;
  };
  addMarshallingMiddleware(configuration: unknown): void;
}

/**
 * Puts together what handles a command once for each kind of command. The SDK does so for each call, which is a tenth of the
 * processor time of one; its own option against that, `cacheMiddleware`, is not for documents: each command of theirs hands
 * on one of its own, so that it would send the first of a kind again and again (lib-dynamodb 3.1141).
 */
function reusingHandlers(client: DocumentClient): DocumentClient['send'] {
  const send = client.send.bind(client) as (...sent: unknown[]) => unknown;
  const handlers = new Map<unknown, Handle>();

  function handlerOf(command: DocumentCommand): Handle {
    const known = handlers.get(command.constructor);
    if (known !== undefined) return known;
    command.addMarshallingMiddleware(client.config);
    const stack = client.middlewareStack.concat(command.middlewareStack);
    const handle = command.clientCommand.resolveMiddleware(stack, client.config, undefined);
    handlers.set(command.constructor, handle);
    return handle;
  }

  async function reuse(command: DocumentCommand): Promise<object> {
    return (await handlerOf(command)(command.clientCommand)).output;
  }

  // Options belong to one call alone.
  const either = (command: object, ...more: unknown[]): unknown =>
    more.length === 0 && 'clientCommand' in command ? reuse(command as DocumentCommand) : send(command, ...more);
  return either as DocumentClient['send'];
}

interface Client<Scheme, Signer> {
  readonly config: { signer: (scheme?: Scheme) => Promise<Signer> };
  readonly middlewareStack: { readonly remove: (name: string) => boolean };
}

/** Who asks, whether functions call one another in circles, and a logger that there is none of. */
const FOR_NOTHING = ['getUserAgentMiddleware', 'recursionDetectionMiddleware', 'loggerMiddleware'];

/**
 * Takes off a client of AWS what it does anew for each request, and what it does for nothing.
 * By itself it copies all of its configuration to make a signer, which holds nothing of a request.
 */
export function lean<Scheme, Signer, C extends Client<Scheme, Signer>>(client: C & Client<Scheme, Signer>): C {
  const { config, middlewareStack } = client;
  const { signer } = config;
  let made: Promise<Signer> | undefined;
  config.signer = (scheme) => {
    made ??= signer(scheme);
    return made;
  };
  for (const name of FOR_NOTHING) middlewareStack.remove(name);
  return client;
}

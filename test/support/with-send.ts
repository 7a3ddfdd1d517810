import type { DocumentClient } from '../../shared/kernel/dynamo/client.store.ts';

/** A command on its way to DynamoDB. */
export interface Command {
  readonly constructor: { readonly name: string };
  readonly input: unknown;
}

/** A client whose commands go another way: it is the same in all else, also to what reads pages. */
export const withSend = (
  client: DocumentClient,
  send: (command: Command, pass: () => Promise<unknown>) => Promise<unknown>,
): DocumentClient =>
  new Proxy(client, {
    get: (real, name) =>
      name === 'send'
        ? (command: Command) => send(command, () => real.send(command as never))
        : Reflect.get(real, name),
  });

import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { readBody } from './http/body.ts';
import { HOST, listen } from './http/server.ts';
import { type KeyIds, KmsError, loadKeyring } from './keys/keyring.ts';
import { OPERATIONS } from './keys/operations.ts';

export interface LocalKeys {
  readonly endpoint: string;
  readonly ids: KeyIds;
  stop(): Promise<void>;
}

/**
 * The part of KMS that functions use, over KMS's own protocol (AWS JSON 1.1). Keys stay in `keys.json` in the
 * directory, so that links and tickets remain valid after a restart.
 */
export async function startKeys(options: { readonly directory: string; readonly port?: number }): Promise<LocalKeys> {
  const keyring = await loadKeyring(join(options.directory, 'keys.json'));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    };
    try {
      send(200, operate(request, await readBody(request, BODY_LIMIT)));
    } catch (error) {
      const known = error instanceof KmsError ? error : new KmsError('KMSInternalException', String(error), 500);
      send(known.status, { __type: known.name, message: known.message });
    }
  }

  function operate(request: IncomingMessage, body: Buffer): unknown {
    if (!request.headers.authorization) {
      throw new KmsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    const name = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (operation === undefined)
      throw new KmsError('UnknownOperationException', `no operation ${name} on this machine`);
    return operation(keyring, parse(body));
  }

  const server = await listen(answer, options.port ?? 0);
  return { endpoint: `http://${HOST}:${server.port}`, ids: keyring.ids, stop: server.stop };
}

/** Bytes; more than the largest message KMS takes, in base64. */
const BODY_LIMIT = 64 * 1024;

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Answered below, like anything else that is no object.
  }
  throw new KmsError('SerializationException', 'the body is not a JSON object');
}

import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Loopback only: everything here trusts every program that can connect. */
export const HOST = '127.0.0.1';

export interface Listening {
  readonly port: number;
  /** Stops listening and drops open connections: browsers keep theirs open for minutes. */
  stop(): Promise<void>;
}

/**
 * Milliseconds for which a connection may be idle: longer than those who use it keep one, who would otherwise send on a
 * connection that is being closed.
 */
export const IDLE_MS = 600_000;

/**
 * Starts an HTTP server on 127.0.0.1.
 *
 * @param port 0 for any free one
 * @throws the system's error, with `code: 'EADDRINUSE'` when the port is taken
 */
export async function listen(handle: RequestListener, port: number): Promise<Listening> {
  const server = createServer({ keepAliveTimeout: IDLE_MS }, handle);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  return { port: portOf(server), stop: () => close(server) };
}

/** A port nobody listens on now, for programs that cannot be given port 0. */
export async function freePort(): Promise<number> {
  const probe = await listen(() => undefined, 0);
  await probe.stop();
  return probe.port;
}

export const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * The whole body of a request.
 *
 * @param limit bytes
 * @throws BodyTooLarge as soon as more has arrived or is announced; the rest is read and dropped, because a client
 *   that is still sending would otherwise see a reset connection instead of the answer
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      reject(new BodyTooLarge());
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) refuse();
      else chunks.push(chunk);
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', reject);
    if (Number(request.headers['content-length'] ?? 0) > limit) refuse();
  });
}

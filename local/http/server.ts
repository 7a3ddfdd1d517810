import { createServer, type RequestListener, type Server } from 'node:http';
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

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

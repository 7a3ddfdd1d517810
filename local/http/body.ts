import type { IncomingMessage } from 'node:http';

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

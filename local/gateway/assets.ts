import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import {
  CHECKIN_CACHING,
  CHECKIN_PATH,
  CHECKIN_PERMISSIONS,
  CHECKIN_POLICY,
  checkinFile,
} from '../../shared/checkin/checkin-page.ts';
import { CONSOLE_CACHING, CONSOLE_PAGE, CONSOLE_PATH, consolePolicy } from '../../shared/kernel/console-page.ts';
import type { GatewayAnswer } from './answer.ts';

/** What the deployment sets: names with a hash in them never change their content, the others may. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const ONE_DAY = 'public, max-age=86400';

/** As the deployment guesses them from file names. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** A built file, as the bucket behind CloudFront serves it, or nothing where the path belongs to the API. */
export async function assetAnswer(root: string, path: string, method = 'GET'): Promise<GatewayAnswer | undefined> {
  const hashed = path.startsWith('/assets/');
  if (!hashed && !/^\/[\w-]+\.\w+$/.test(path)) return undefined;
  if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Method Not Allowed');
  const body = await readInside(root, path);
  if (body === undefined) return hashed ? problem(404, 'Not Found') : undefined;
  return {
    status: 200,
    headers: [
      ['content-type', TYPES[extname(path)] ?? 'application/octet-stream'],
      ['cache-control', hashed ? FOR_EVER : ONE_DAY],
      ...SECURITY_HEADERS,
    ],
    body,
  };
}

/**
 * The console's page, for all of its addresses, as the distribution serves it.
 *
 * @param issuer of the access tokens
 */
export async function consoleAnswer(
  root: string,
  path: string,
  method: string | undefined,
  issuer: string,
): Promise<GatewayAnswer | undefined> {
  if (path !== CONSOLE_PATH.slice(0, -1) && !path.startsWith(CONSOLE_PATH)) return undefined;
  if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Method Not Allowed');
  const body = await readInside(root, CONSOLE_PAGE);
  if (body === undefined) return problem(404, 'Not Found');
  return {
    status: 200,
    headers: [
      ['content-type', 'text/html; charset=utf-8'],
      ['cache-control', CONSOLE_CACHING],
      ['content-security-policy', consolePolicy([new URL(issuer).origin])],
      ...SECURITY_HEADERS,
    ],
    body,
  };
}

const SECURITY_HEADERS = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
] as const;

async function readInside(root: string, path: string): Promise<Buffer | undefined> {
  try {
    // Normalising an absolute path cannot climb above its root.
    return await readFile(join(root, normalize(decodeURIComponent(path))));
  } catch {
    return undefined;
  }
}

const problem = (status: number, text: string): GatewayAnswer => ({
  status,
  headers: [['content-type', 'text/plain'], ...SECURITY_HEADERS],
  body: Buffer.from(text),
});

/** The check-in app's page and the files beside it, as the distribution serves them. */
export async function checkinAnswer(root: string, path: string, method = 'GET'): Promise<GatewayAnswer | undefined> {
  const isBare = path === CHECKIN_PATH.slice(0, -1);
  if (!isBare && !path.startsWith(CHECKIN_PATH)) return undefined;
  if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Method Not Allowed');
  // Without the slash, the page would lie outside of what its service worker may answer for.
  if (isBare) return { status: 308, headers: [['location', CHECKIN_PATH], ...SECURITY_HEADERS], body: Buffer.alloc(0) };
  const file = checkinFile(path);
  const body = await readInside(root, file);
  if (body === undefined) return problem(404, 'Not Found');
  return {
    status: 200,
    headers: [
      ['content-type', file.endsWith('.html') ? 'text/html; charset=utf-8' : (TYPES[extname(file)] ?? '')],
      ['cache-control', CHECKIN_CACHING],
      ['content-security-policy', CHECKIN_POLICY],
      ['permissions-policy', CHECKIN_PERMISSIONS],
      ...SECURITY_HEADERS,
    ],
    body,
  };
}

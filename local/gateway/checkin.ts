import { extname } from 'node:path';
import {
  CHECKIN_CACHING,
  CHECKIN_PATH,
  CHECKIN_PERMISSIONS,
  CHECKIN_POLICY,
  checkinFile,
} from '../../shared/checkin/checkin-page.ts';
import type { Answer } from './answer.ts';
import { problem, readInside, SECURITY_HEADERS, TYPES } from './assets.ts';

/** The check-in app's page and the files beside it, as the distribution serves them. */
export async function checkinAnswer(root: string, path: string, method = 'GET'): Promise<Answer | undefined> {
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

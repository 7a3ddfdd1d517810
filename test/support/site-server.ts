import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { withSecureHeaders } from '../../shared/kernel/http/reply.ts';
import { LANGUAGE_TAGS } from '../../shared/kernel/i18n/languages.ts';
import { siteAssets } from './site-assets.ts';
import { pages } from './site-pages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.woff2': 'font/woff2',
  '': 'text/html; charset=utf-8',
};

/** How long an answer to a form is on its way: time enough for an impatient second press. */
const ANSWER_MS = 300;

export interface SampleSite {
  /** `http://127.0.0.1:port`; a page is at `/{language}/{name}`. */
  readonly url: string;
  /** What was posted, oldest first: bodies of forms. */
  readonly posted: string[];
  close(): void;
}

/**
 * Every sample page with the real headers, compressed as CloudFront does, so that a browser blocks here what it would block in earnest.
 *
 * @param pagesIn a language, by name
 */
export async function serveSamples(pagesIn = pages): Promise<SampleSite> {
  const assets = await siteAssets();
  const files = new Map([...assets].map(([path, file]) => [path, gzipSync(file)]));
  for (const language of LANGUAGE_TAGS) {
    for (const [name, page] of Object.entries(pagesIn(language))) files.set(`/${language}/${name}`, gzipSync(page));
  }
  const posted: string[] = [];
  const server = createServer(async (request, response) => {
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += chunk;
      posted.push(body);
      await sleep(ANSWER_MS);
      response.writeHead(303, { location: '/en/thanks' }).end();
      return;
    }
    const { pathname } = new URL(request.url ?? '', 'http://samples');
    const file = files.get(pathname);
    const { headers } = withSecureHeaders({
      headers: {
        'content-type': TYPES[extname(pathname)] ?? '',
        'content-encoding': 'gzip',
        // As the bucket says of names with a hash in them.
        ...(assets.has(pathname) && { 'cache-control': 'public, max-age=31536000, immutable' }),
      },
    });
    response.writeHead(file === undefined ? 404 : 200, headers as Record<string, string>).end(file ?? gzipSync(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    posted,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

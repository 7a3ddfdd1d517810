import type { IncomingMessage } from 'node:http';
import { normaliseRequest, ORIGIN_KEY_HEADER, type Sent } from '../../shared/kernel/http/viewer-request.ts';
import { KNOWN } from '../../shared/known.ts';

/** Changes a request as CloudFront does before it reaches the API: by the function at its edge, then by the header of its origin. */
export function throughDistribution(request: IncomingMessage, originKey: string): void {
  normalise(request);
  request.headersDistinct[ORIGIN_KEY_HEADER] = [originKey];
}

function normalise(request: IncomingMessage): void {
  const [uri = '/', ...query] = (request.url ?? '/').split('?');
  const { 'accept-language': languages, cookie: cookieHeaders = [] } = request.headersDistinct;
  const { querystring, headers, cookies } = normaliseRequest(
    {
      uri,
      querystring: sentQuery(query.join('?')),
      headers: languages === undefined ? {} : { 'accept-language': sentAs(languages) },
      cookies: sentCookies(cookieHeaders),
    },
    KNOWN,
  );
  request.url = querystring === '' ? uri : `${uri}?${querystring}`;
  const wanted = headers['accept-language']?.value;
  if (wanted === undefined) delete request.headersDistinct['accept-language'];
  else request.headersDistinct['accept-language'] = [wanted];
  const kept = Object.entries(cookies).map(([name, { value }]) => `${name}=${value}`);
  if (kept.length === 0) delete request.headersDistinct['cookie'];
  else request.headersDistinct['cookie'] = [kept.join('; ')];
}

/** The cookies of a request as CloudFront's functions see them. */
export function sentCookies(headers: readonly string[]): Record<string, Sent> {
  const pairs = headers.flatMap((header) => header.split(';')).map((pair) => pair.trim().split('='));
  const named = pairs.filter(([name]) => name !== '');
  return Object.fromEntries(named.map(([name = '', ...value]) => [name, { value: value.join('=') }]));
}

/** The parameters of a query as CloudFront's functions see them: percent-encoded as they were sent. */
export function sentQuery(query: string): Record<string, Sent> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((each) => each !== '')) {
    const [name = '', ...value] = pair.split('=');
    values.set(name, [...(values.get(name) ?? []), value.join('=')]);
  }
  return Object.fromEntries([...values].map(([name, each]) => [name, sentAs(each)]));
}

const sentAs = (values: readonly string[]): Sent => ({
  value: values[0] ?? '',
  ...(values.length > 1 && { multiValue: values.map((value) => ({ value })) }),
});

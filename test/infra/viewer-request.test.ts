import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentCookies, sentQuery } from '../../local/gateway/edge.ts';
import type { Sent, ViewerRequest } from '../../shared/kernel/http/viewer-request.ts';
import { negotiateLanguage } from '../../shared/kernel/i18n/languages.ts';
import type { Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { resourcesOf, templates } from './fixture.ts';

interface Behaviour {
  readonly FunctionAssociations?: readonly {
    readonly EventType: string;
    readonly FunctionARN: { readonly 'Fn::GetAtt': readonly string[] };
  }[];
}

interface Behaviours {
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors: readonly Behaviour[];
}

const { Web } = templates();
const [[, distribution] = []] = resourcesOf(Web, 'AWS::CloudFront::Distribution');
const config = distribution?.Properties['DistributionConfig'] as Behaviours | undefined;
const [association] = config?.DefaultCacheBehavior.FunctionAssociations ?? [];
const functions = new Map(resourcesOf(Web, 'AWS::CloudFront::Function'));
const CODE = String(functions.get(association?.FunctionARN['Fn::GetAtt'][0] ?? '')?.Properties['FunctionCode']);

/** The code as it is deployed, with nothing around it. */
const handler = runInNewContext(`${CODE}; handler`) as (event: { request: ViewerRequest }) => ViewerRequest;

const sent = (headers: readonly string[]): Sent => ({
  value: headers[0] ?? '',
  ...(headers.length > 1 && { multiValue: headers.map((value) => ({ value })) }),
});

/** What is left of the header, sent once or more often; nothing where there is none. */
function languagesOf(...headers: string[]): string | undefined {
  const before: ViewerRequest['headers'] = headers.length === 0 ? {} : { 'accept-language': sent(headers) };
  const { headers: after } = handler({ request: { uri: '/e/forum', querystring: {}, headers: before, cookies: {} } });
  return after['accept-language']?.value;
}

const queryOf = (uri: string, query: string): string =>
  String(handler({ request: { uri, querystring: sentQuery(query), headers: {}, cookies: {} } }).querystring);

const SEED = 13;
const TAGS = [
  'en',
  'km',
  'EN',
  'Km',
  'en-US',
  'en-GB',
  'km-KH',
  'KM-kh',
  'fr',
  'th',
  'kmr',
  'e',
  'zh-Hant-TW',
  '*',
  '-',
  '',
];
const WEIGHTS = [
  '',
  ';q=1',
  ';q=1.000',
  ';q=0.9',
  '; q=0.5',
  ';Q=0.3',
  ' ;q=0.05',
  ';q=0',
  ';q=0.000',
  ';q=9',
  ';q=',
  ';x=1',
  ';',
];
const part = fc
  .tuple(fc.constantFrom(...TAGS), fc.constantFrom(...WEIGHTS), fc.constantFrom('', ' ', '\t'))
  .map(([tag, weight, space]) => `${space}${tag}${weight}${space}`);
const header = fc.oneof(
  { weight: 8, arbitrary: fc.array(part, { maxLength: 8 }).map((parts) => parts.join(',')) },
  { weight: 1, arbitrary: fc.array(part, { minLength: 20, maxLength: 120 }).map((parts) => parts.join(',')) },
  { weight: 1, arbitrary: fc.string({ maxLength: 600 }) },
);

describe('languages', () => {
  it('are negotiated from what is left as the server does it from the header itself, for 1,000 headers', () => {
    const headers = fc.sample(header, { numRuns: 1000, seed: SEED });
    const differing = headers.filter(
      (each) => negotiateLanguage(undefined, languagesOf(each)) !== negotiateLanguage(undefined, each),
    );
    expect(differing).toEqual([]);
    const all = new Set(headers.map((each) => negotiateLanguage(undefined, each)));
    expect(all).toEqual(new Set(['en', 'km']));
  });

  it('are negotiated as before where the address asks for one, and where the header comes more than once', () => {
    for (const each of fc.sample(header, { numRuns: 200, seed: SEED })) {
      for (const asked of ['km', 'en-GB', 'fr', ''])
        expect(negotiateLanguage(asked, languagesOf(each))).toBe(negotiateLanguage(asked, each));
      // API Gateway joins them by commas.
      expect(languagesOf(each, 'km;q=0.2')).toBe(languagesOf(`${each},km;q=0.2`));
    }
  });

  it('are those of the site, each once, in their order, without weights; reducing them again changes nothing', () => {
    expect(languagesOf('fr,km-KH;q=0.7,en;q=0.9,km;q=0.8')).toBe('en,km');
    expect(languagesOf('km-KH,km;q=0.9,en-US;q=0.8,en;q=0.7')).toBe('km,en');
    for (const none of ['fr', '*', 'km;q=0', '']) expect(languagesOf(none)).toBeUndefined();
    expect(languagesOf()).toBeUndefined();
    for (const each of fc.sample(header, { numRuns: 200, seed: SEED })) {
      const once = languagesOf(each);
      expect(once === undefined ? undefined : languagesOf(once)).toBe(once);
    }
  });

  it('of 1,000 browsers make five keys at most', () => {
    const browsers = fc.sample(browserHeader, { numRuns: 1000, seed: SEED });
    expect(new Set(browsers).size).toBeGreaterThan(200);
    const keys = new Set(browsers.map((each) => languagesOf(each)));
    expect([...keys].sort()).toEqual(['en', 'en,km', 'km', 'km,en', undefined]);
  });
});

/** What people in the region have set, as Chrome (tenths), Firefox (equal steps) and Safari (one language, its base) send it. */
const browserHeader = fc
  .tuple(
    fc.uniqueArray(
      fc.constantFrom(
        'km-KH',
        'km',
        'en-US',
        'en-GB',
        'en',
        'th-TH',
        'vi-VN',
        'lo-LA',
        'my-MM',
        'id-ID',
        'ms-MY',
        'fil-PH',
        'zh-CN',
        'zh-TW',
        'fr-FR',
        'ja-JP',
        'ko-KR',
      ),
      { minLength: 1, maxLength: 5 },
    ),
    fc.constantFrom('chrome', 'firefox', 'safari'),
  )
  .map(([tags, browser]) => {
    const withBases = [...new Set(tags.flatMap((tag) => [tag, tag.split('-', 1)[0] ?? '']))];
    if (browser === 'safari') return `${tags[0]},${tags[0]?.split('-', 1)[0]};q=0.9`;
    const step = browser === 'chrome' ? 0.1 : 1 / withBases.length;
    return withBases
      .map((tag, index) => (index === 0 ? tag : `${tag};q=${Math.max(0.1, 1 - index * step).toFixed(1)}`))
      .join(',');
  });

describe('queries', () => {
  const routes = Object.values<Route>(ROUTES);
  const namesOf = (path: string): string[] =>
    routes.filter((each) => each.path === path).flatMap(({ query }) => Object.keys(query?.shape ?? {}));
  const cases = [...new Set(routes.map(({ path }) => path))].map((path) => ({
    path,
    uri: path.replace(/\{\w+\}/g, 'some-thing'),
    names: [...new Set(namesOf(path))].sort(),
  }));
  const everyName = [...new Set(cases.flatMap(({ names }) => names))];

  it.each(cases)('of $path: what it knows passes, nothing else does, in whatever order', ({ uri, names }) => {
    const strangers = [
      ...everyName.filter((name) => !names.includes(name)),
      'utm_source',
      '__proto__',
      'constructor',
      'LANG',
      'x',
    ];
    const sentIn = (name: string) => `${name}=${name === 'lang' ? 'km' : 1}`;
    const all = [...strangers, ...names].map(sentIn);
    const expected = names.map(sentIn).join('&');
    expect(queryOf(uri, all.join('&'))).toBe(expected);
    expect(queryOf(uri, all.reverse().join('&'))).toBe(expected);
    expect(queryOf(uri, strangers.map((name) => `${name}=1`).join('&'))).toBe('');
    expect(queryOf(uri, '')).toBe('');
  });

  it('keep each value as it was sent, and all that have one name, in their order', () => {
    const uri = '/api/organiser/events/forum/people';
    const values = ['%E1%9E%80+b', 'a%26lang%3Den', '%2C', 'b,c', '100%', 'a=b', '<é>'];
    const query = values.map((value) => `after=${value}`).join('&');
    expect(queryOf(uri, `cursor=1&${query}`)).toBe(`${query}&cursor=1`);
    expect(queryOf('/e/forum/find', 'sent&lang=km')).toBe('lang=km&sent=');
  });

  it('ask for a language that the site speaks, by its own name, or for none', () => {
    const asked = (query: string) => queryOf('/e/forum', query);
    for (const [query, expected] of [
      ...[['lang=km', 'lang=km'] as const, ['lang=KM-kh', 'lang=km'] as const, ['lang=en-GB', 'lang=en'] as const],
      ...['lang=zz-1', 'lang=', 'lang', 'lang=km&lang=en', 'lang=%6Bm', `lang=${'k'.repeat(300)}`].map(
        (each) => [each, ''] as const,
      ),
    ]) {
      expect(asked(query), query).toBe(expected);
    }
    // As the server reads it: parameters that came more than once, joined by commas.
    for (const tag of [...TAGS, 'km,en', 'en,km', 'zz-1'])
      for (const header of [undefined, 'km,en;q=0.5']) {
        const left = new URLSearchParams(asked(`lang=${tag}`)).get('lang') ?? undefined;
        expect(negotiateLanguage(left, header), tag).toBe(negotiateLanguage(tag, header));
      }
  });

  it('of paths that lead nowhere keep the language of the page that says so', () => {
    for (const uri of ['/nowhere', '/e/forum/register/', '/e//register', '/'])
      expect(queryOf(uri, 'code=1&lang=km&x=1')).toBe('lang=km');
  });
});

it('cookies are the one that the site sets, whatever other sites of its domain have set', () => {
  const left = (cookie: string): string[] => {
    const request = { uri: '/e/forum/thanks', querystring: {}, headers: {}, cookies: sentCookies([cookie]) };
    return Object.entries(handler({ request }).cookies).map(([name, { value }]) => `${name}=${value}`);
  };
  expect(left('_ga=GA1.2.3; __Secure-sent=YUBleGFtcGxlLm9yZw; __proto__=x; sent=y')).toEqual([
    '__Secure-sent=YUBleGFtcGxlLm9yZw',
  ]);
  expect(left('_ga=GA1.2.3')).toEqual([]);
});

describe('the code', () => {
  it('is below 10 KB, the most that CloudFront takes', () => {
    expect(Buffer.byteLength(CODE)).toBeLessThan(10 * 1024);
    expect(CODE).toMatch(/^function handler\(event\) \{/m);
  });

  /*
   * Of what is not in ECMAScript 5.1, the methods that CloudFront's JavaScript 2.0 has beside it:
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
   */
  const LATER = ['find', 'findIndex', 'fill', 'includes', 'startsWith', 'endsWith', 'repeat', 'padStart', 'padEnd'];
  const OF_5_1 = [
    'charAt',
    'concat',
    'every',
    'exec',
    'filter',
    'forEach',
    'indexOf',
    'join',
    'keys',
    'map',
    'push',
    'shift',
    'slice',
    'some',
    'sort',
    'split',
    'toLowerCase',
    'trim',
  ];

  it('calls no method and uses no syntax that CloudFront does not have', () => {
    const called = new Set([...CODE.matchAll(/\.(\w+)\(/g)].map(([, name]) => name));
    expect([...called].filter((name) => ![...LATER, ...OF_5_1].includes(name ?? ''))).toEqual([]);
    expect(called.size).toBeGreaterThan(5);
    expect(CODE).not.toMatch(/\?\.|\?\?|\.\.\.|\bfor\b|\bimport\b|\bexport\b|\bclass\b|(const|let|var) [[{]/);
  });

  it('is the only one of its behaviour, as those of the console and the check-in app are of theirs', () => {
    for (const { FunctionAssociations = [] } of [config?.DefaultCacheBehavior ?? {}, ...(config?.CacheBehaviors ?? [])])
      expect(FunctionAssociations.length).toBeLessThanOrEqual(1);
    expect(association?.EventType).toBe('viewer-request');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseRoute } from '../../local/gateway/choose-route.ts';
import { GATEWAY_ROUTES } from '../../shared/gateway-routes.ts';
import { routeFinder } from '../../shared/kernel/http/find-route.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import { methodsOf, type Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';
import { functionOf } from '../support/golden-templates.ts';
import { type Resource, resourcesOf, templates } from './fixture.ts';

/*
 * What API Gateway makes of requests, worked out anew from the template and AWS's documentation: nothing here is shared with what derives
 * the routes or chooses among them locally.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */

const { Api } = templates();
const CONTRACT = Object.values<Route>(ROUTES);
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

interface Deployed {
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly function: FunctionName | undefined;
  readonly authorizer: string | undefined;
}

const integrations = new Map(resourcesOf(Api, 'AWS::ApiGatewayV2::Integration'));
const [[authorizerId] = ['']] = resourcesOf(Api, 'AWS::ApiGatewayV2::Authorizer');
const [[, { Properties: stage }] = ['', { Properties: {} } as Resource]] = resourcesOf(Api, 'AWS::ApiGatewayV2::Stage');
type Limits = Readonly<Record<string, number>>;
const limitsOfAll: Limits = stage['DefaultRouteSettings'] ?? {};
const limitsOf: Readonly<Record<string, Limits>> = stage['RouteSettings'] ?? {};

const deployed: readonly Deployed[] = resourcesOf(Api, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
  const key: string = Properties['RouteKey'] ?? '';
  const [method = '', path = ''] = key.split(' ');
  const target: string = Properties['Target']?.['Fn::Join']?.[1]?.[1]?.['Ref'] ?? '';
  const lambda: string = integrations.get(target)?.Properties['IntegrationUri']?.['Ref'] ?? '';
  const asks = Properties['AuthorizationType'] === 'JWT';
  return {
    ...{ key, method, segments: path.split('/'), function: functionOf(lambda) },
    authorizer: asks ? Properties['AuthorizerId']?.['Ref'] : undefined,
  };
});

const isVariable = (segment = ''): boolean => segment.startsWith('{');
const isGreedy = ({ segments }: Deployed): boolean => segments.at(-1)?.endsWith('+}') ?? false;

/** Each segment of a path for one of a pattern; a greedy variable takes all that is left, of which there is something. */
function catches(pattern: readonly string[], path: string): boolean {
  const as = pattern.map((segment) => {
    if (segment.endsWith('+}')) return '.+';
    return isVariable(segment) ? '[^/]+' : segment.replaceAll('.', '\\.');
  });
  return new RegExp(`^${as.join('/')}$`, 's').test(path);
}

/** "API Gateway selects the route with the most-specific match": full, then greedy, then `$default`. */
function chosenFor(method: string, path: string): Deployed {
  const matching = deployed.filter(
    (each) =>
      each.key !== '$default' && (each.method === method || each.method === 'ANY') && catches(each.segments, path),
  );
  const full = matching.filter((each) => !isGreedy(each));
  const greedy = matching.filter(isGreedy);
  // "the ANY method to match all methods that you haven't defined for a resource"
  const ofFull = full.find((each) => each.method === method) ?? full[0];
  const longest = Math.max(...greedy.map(({ segments }) => segments.length));
  const chosen = ofFull ?? greedy.find(({ segments }) => segments.length === longest);
  const fallback = deployed.find(({ key }) => key === '$default');
  if (fallback === undefined) throw new Error('there is no $default');
  return chosen ?? fallback;
}

const partOf = (name: FunctionName | undefined): Record<string, Route> =>
  Object.fromEntries(Object.entries<Route>(ROUTES).filter(([, route]) => route.function === name));

const EXAMPLES: Readonly<Record<string, string>> = { eventId: 'forum', token: 'forum.7K3M9QX2AB.proof', form: 'event' };
const example = (path: string): string => path.replace(/\{(\w+)\}/g, (_, name: string) => EXAMPLES[name] ?? 'x-1');

const CELLS = CONTRACT.flatMap((route) =>
  methodsOf(route).map((method) => [`${method} ${route.path}`, method, route] as const),
);

describe('IN7: for each route of the contract', () => {
  it.each(CELLS)('%s: the right function, an authorizer exactly for organisers, a throttle', (_, method, route) => {
    const chosen = chosenFor(method, example(route.path));
    expect(chosen.function).toBe(route.function);
    expect(chosen.authorizer).toBe(route.auth === 'organiser' ? authorizerId : undefined);
    expectThrottled(chosen);
    const finding = routeFinder(partOf(chosen.function))(method, example(route.path));
    expect(finding).toMatchObject({ kind: 'route', route: { method: route.method, path: route.path } });
  });
});

function expectThrottled({ key }: Deployed): void {
  const limits = { ...limitsOfAll, ...limitsOf[key] };
  expect(limits['ThrottlingRateLimit']).toBeGreaterThan(0);
  expect(limits['ThrottlingBurstLimit']).toBeGreaterThan(0);
}

describe('IN7: for 1,000 paths and methods by chance', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'forum',
      'me',
      'reports',
      'registrations.csv',
      'messages',
      'register',
      'organiser',
      'api',
      'events',
    ),
    fc.constantFrom(
      '%2F',
      'x%2Fy',
      '%2e%2e',
      '..',
      '.',
      '%00',
      '%7BeventId%7D',
      '{eventId}',
      '{proxy+}',
      '$default',
      'a b',
    ),
    fc.constantFrom('%E1%9E%80', '%25', '__proto__', 'constructor', '', '*', 'A', '%2fapi%2forganiser'),
    fc.string({ unit: 'binary', maxLength: 12 }).map(encodeURIComponent),
  );
  const declared = fc
    .tuple(fc.constantFrom(...CONTRACT), fc.array(word, { minLength: 4, maxLength: 4 }))
    .map(([{ path }, values]) => {
      let place = 0;
      return path.replace(/\{\w+\}/g, () => values[place++] || 'forum');
    });
  const missed = fc.tuple(declared, word, fc.nat(5)).map(([path, extra, how]) => {
    const segments = path.split('/');
    const changes = [
      `${path}/`,
      `${path}/${extra}`,
      segments.slice(0, -1).join('/') || '/',
      `/${extra}${path}`,
      path.replace('/', '//'),
      path.toUpperCase(),
    ];
    return changes[how] ?? path;
  });
  const anything = fc.array(word, { maxLength: 8 }).map((segments) => `/${segments.join('/')}`);
  const organisers = fc
    .tuple(word, fc.array(word, { maxLength: 4 }))
    .map(([eventId, rest]) => `/api/organiser/events/${[eventId, ...rest].join('/')}`);
  const path = fc.oneof(declared, missed, missed, anything, organisers);
  const method = fc.constantFrom(...METHODS);
  const isConsole = (sent: string): boolean => /^\/api\/organiser\/events(?:$|\/[^/]+(?:$|\/.))/s.test(sent);
  const seen = { declared: 0, 'other-method': 0, unknown: 0, greedy: 0, default: 0 };

  it('the route that is chosen has the right function, an authorizer where organisers act and nowhere else, a throttle', () => {
    const judge = (asked: string, sent: string): void => {
      const chosen = chosenFor(asked, sent);
      // A segment that is written out wins over a parameter.
      const parameters = ({ path }: { readonly path: string }): number => path.split('{').length;
      const atPath = CONTRACT.filter((route) => catches(route.path.split('/'), sent)).sort(
        (one, other) => parameters(one) - parameters(other),
      );
      const route = atPath.find((each) => methodsOf(each).includes(asked));
      expectThrottled(chosen);
      expect(chosen.authorizer).toBe(isConsole(sent) ? authorizerId : undefined);
      if (isGreedy(chosen)) seen.greedy += 1;
      if (chosen.key === '$default') seen.default += 1;

      const found = routeFinder(partOf(chosen.function))(asked, decodeURIComponent(sent));
      // Whatever an escaped slash may turn a path into: nothing of organisers is reached without a token.
      if (found.kind === 'route') expect(found.route.auth === 'organiser').toBe(chosen.authorizer !== undefined);
      if (/%2f/i.test(sent)) return;
      if (route !== undefined) {
        seen.declared += 1;
        expect(chosen.function).toBe(route.function);
        expect(chosen.authorizer !== undefined).toBe(route.auth === 'organiser');
        expect(found).toMatchObject({ kind: 'route', route: { method: route.method, path: route.path } });
      } else if (atPath.length > 0) {
        seen['other-method'] += 1;
        const all = new Set(atPath.flatMap(methodsOf));
        if (found.kind !== 'other-method') throw new Error(`${asked} ${sent} is ${found.kind}`);
        expect(new Set(found.allow)).toEqual(all);
      } else {
        seen.unknown += 1;
        expect(found.kind).toBe('unknown-path');
      }
    };
    fc.assert(fc.property(method, path, judge), { numRuns: 1000, seed: 7 });
    // None of these would be a test of anything had chance left it out.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(25);
  });

  it('it is the one that the gateway of this machine chooses', () => {
    fc.assert(
      fc.property(method, path, (asked, sent) => {
        const local = chooseRoute(asked, sent);
        expect(local === 'malformed' ? local : local?.route.key).toBe(chosenFor(asked, sent).key);
      }),
      { numRuns: 1000, seed: 7 },
    );
    expect(chooseRoute('GET', '/e/%E0%A4%A')).toBe('malformed');
  });
});

describe("API Gateway's routes", () => {
  it('IN9: are at most 95 of 300', () => {
    expect(deployed.length).toBeLessThanOrEqual(95);
    expect(new Set(deployed.map(({ key }) => key)).size).toBe(deployed.length);
  });

  it('are those of the gateway of this machine', () => {
    const derived = GATEWAY_ROUTES.map((each) => [each.key, each.function, each.forOrganisers]);
    expect(deployed.map((each) => [each.key, each.function, each.authorizer !== undefined]).sort()).toEqual(
      derived.sort(),
    );
  });

  it('leave nothing undecided: of two that match one request, the documentation says which is meant', () => {
    const overlap = (one: Deployed, other: Deployed): boolean => {
      const length = Math.max(one.segments.length, other.segments.length);
      const at = ({ segments }: Deployed, index: number): string | undefined =>
        segments[index] ?? (segments.at(-1)?.endsWith('+}') ? '{rest}' : undefined);
      return Array.from({ length }).every((_, index) => {
        const [a, b] = [at(one, index), at(other, index)];
        return a !== undefined && b !== undefined && (isVariable(a) || isVariable(b) || a === b);
      });
    };
    const decided = (one: Deployed, other: Deployed): boolean => {
      if (isGreedy(one) !== isGreedy(other)) return true;
      const [short = [], long = []] = [one.segments, other.segments].sort((a, b) => a.length - b.length);
      // Of greedy ones the more specific: every request of it begins like the other.
      if (isGreedy(one)) return short.length < long.length && short.slice(0, -1).every((each, at) => each === long[at]);
      return one.segments.join('/') === other.segments.join('/') && one.method !== other.method;
    };
    const named = deployed.filter(({ key }) => key !== '$default');
    const pairs = named.flatMap((one, index) => named.slice(index + 1).map((other) => [one, other] as const));
    const undecided = pairs
      .filter(([one, other]) => one.method === other.method || [one.method, other.method].includes('ANY'))
      .filter(([one, other]) => overlap(one, other) && !decided(one, other));
    expect(undecided.map(([one, other]) => `${one.key} or ${other.key}`)).toEqual([]);
    expect(pairs.filter(([one, other]) => overlap(one, other)).length).toBeGreaterThan(20);
  });

  it('are made one after another, and the stage after all of them', () => {
    const resources = Api.toJSON()['Resources'] as Record<string, { Type: string; DependsOn?: string | string[] }>;
    const isRoute = (id: string): boolean => resources[id]?.Type === 'AWS::ApiGatewayV2::Route';
    const needs = (id: string): string[] => [resources[id]?.DependsOn ?? []].flat();
    const ids = Object.keys(resources).filter(isRoute);
    const first = ids.filter((id) => needs(id).filter(isRoute).length === 0);
    expect(first).toHaveLength(1);
    const following = ids.flatMap((id) => needs(id).filter(isRoute));
    expect(new Set(following).size).toBe(ids.length - 1);
    expect(following).toHaveLength(ids.length - 1);
    const stageId = Object.keys(resources).find((id) => resources[id]?.Type === 'AWS::ApiGatewayV2::Stage') ?? '';
    expect(needs(stageId)).toEqual(expect.arrayContaining(ids));
  });
});

it('IN5 AU1: what is logged of a request is its method and its route, never a path, a query or a caller', () => {
  const format: string = stage['AccessLogSettings']?.['Format'] ?? '';
  const variables = [...format.matchAll(/\$context\.([\w.]+)/g)].map(([, variable]) => variable);
  expect(variables).toEqual(expect.arrayContaining(['httpMethod', 'routeKey']));
  for (const variable of variables) expect(variable).not.toMatch(/path|query|identity|domain|authorizer|message/i);
});

describe('throttles', () => {
  const own = (method: string, path: string) => limitsOf[chosenFor(method, example(path)).key];

  it('IN5: names no route that is not there', () => {
    const keys = deployed.map(({ key }) => key);
    expect(Object.keys(limitsOf).filter((key) => !keys.includes(key))).toEqual([]);
  });

  it.each([
    ['submitting', 'POST', '/e/{eventId}/register', 200],
    ['submitting for someone under 18', 'POST', '/e/{eventId}/register/young', 200],
    ['submitting from programs', 'POST', '/api/events/{eventId}/registrations', 200],
    ['submitting by a mailed link', 'POST', '/c/{token}', 200],
    ['submitting for a delegation', 'POST', '/d/{token}/people', 200],
    ['recovering', 'POST', '/e/{eventId}/find', 200],
    ['recovering from programs', 'POST', '/api/events/{eventId}/registrations/recover', 200],
    ['having the link of a delegation mailed', 'POST', '/e/{eventId}/delegation', 200],
    ['reporting', 'POST', '/e/{eventId}/report', 1500],
    ['enrolling phones', 'POST', '/api/checkin/devices', 100],
    ['scans', 'POST', '/api/checkin/scans', 600],
  ])('AB2: %s has its own, and room for everyone who comes at once', (_, method, path, atOnce) => {
    expect(own(method, path)?.['ThrottlingBurstLimit']).toBeGreaterThanOrEqual(atOnce);
    expect(own(method, path)?.['ThrottlingRateLimit']).toBeGreaterThan(0);
  });

  it('RE9: pages are not throttled with what is sent from them', () => {
    for (const path of [
      '/m/{token}',
      '/e/{eventId}/register',
      '/e/{eventId}/find',
      '/e/{eventId}/report',
      '/c/{token}',
    ]) {
      expect(own('GET', path)).toBeUndefined();
    }
    expect(limitsOfAll).toEqual({ ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000 });
  });
});

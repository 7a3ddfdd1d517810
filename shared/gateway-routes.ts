import type { FunctionName } from './kernel/manifest.ts';
import { DEFAULT_ROUTE, methodsOf, type Route } from './kernel/route.ts';
import { ROUTES, type RouteId } from './routes.ts';

/**
 * API Gateway's routes, derived from the contract: which function a request goes to, and whether a valid token is asked for first. They
 * are far fewer than the contract's, of which the function finds the one that is meant: an HTTP API has 300 at most.
 *
 *   outside the console    ANY on each path; a method of its own where another function serves it, or it has a throttle of its own
 *   for organisers         ANY on each function's prefixes; what is left goes to the function that has the most of them
 *   `$default`             what fits nothing: the site knows what to say
 *
 * A route with the method goes before ANY, a whole path before a greedy one, and of these the longer one.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export interface GatewayRoute {
  /** Its name in API Gateway: `ANY /e/{eventId}`. */
  readonly key: string;
  readonly function: FunctionName;
  /** Whether only a request with a valid token of the provider gets through. */
  readonly forOrganisers: boolean;
  /** Absent where that of every route is enough. */
  readonly throttle?: Throttle | undefined;
}

/** Requests a second for as long as one likes, and at once. */
export interface Throttle {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** Requests a second on each route: five hundred people follow one mail (RE9: three hundred pages a second), with room to spare. */
export const EVERY_ROUTE: Throttle = { rateLimit: 500, burstLimit: 1000 };

/** What one event can take when its registration opens, which is when the most people come at once, and two hundred from one ministry are
 * no attack (AB2). More would take all of an account's 1,000 instances, and in some regions half of its requests. */
const SUBMITTING: Throttle = { rateLimit: 1000, burstLimit: 1000 };
/** Each may cause a mail, of which SES sends 14 a second in an account that just left the sandbox; everyone of one ministry may ask at once (AB2). */
const RECOVERING: Throttle = { rateLimit: 50, burstLimit: 200 };
/** All that the function can take: a report is never refused for how many there are; a flood of them is sorted where it is read (CS23). */
const REPORTING: Throttle = { rateLimit: 1000, burstLimit: 2000 };
/** Every phone of a large event at once. A code is good for one of them and for ten minutes: nobody guesses it at this rate. */
const ENROLLING: Throttle = { rateLimit: 20, burstLimit: 100 };
/** Six hundred phones that bring a batch every other second, and all of them once the network is back. */
const SCANNING: Throttle = { rateLimit: 300, burstLimit: 600 };

/** Routes that anyone may call and that cost more than an answer, and those that doors depend on. */
const THROTTLES: { readonly [Id in RouteId]?: Throttle } = {
  postForm: SUBMITTING,
  postYoungForm: SUBMITTING,
  submitRegistration: SUBMITTING,
  // On the path of another, whose limit they share.
  showCanary: SUBMITTING,
  eraseCanary: SUBMITTING,
  postConfirm: SUBMITTING,
  postPeople: SUBMITTING,
  postFind: RECOVERING,
  recoverLink: RECOVERING,
  postDelegationStart: RECOVERING,
  postReport: REPORTING,
  enrolDevice: ENROLLING,
  postScans: SCANNING,
};

/** Everything that organisers do in an event is below it, and nothing else. */
const ORGANISERS = '/api/organiser/events/{eventId}';

interface Row extends Omit<GatewayRoute, 'key'> {
  readonly path: string;
  readonly methods: readonly string[];
}

const ROWS: readonly Row[] = Object.entries<Route>(ROUTES).map(([id, route]) => ({
  path: route.path,
  methods: methodsOf(route),
  function: route.function,
  forOrganisers: route.auth === 'organiser',
  throttle: THROTTLES[id as RouteId],
}));

const CONSOLE = ROWS.filter(({ path }) => path.startsWith(`${ORGANISERS}/`));
const OUTSIDE = grouped(
  ROWS.filter((row) => !CONSOLE.includes(row)),
  ({ path }) => path,
);

export const GATEWAY_ROUTES: readonly GatewayRoute[] = [
  ...[...OUTSIDE.values()].flatMap(routesOfPath),
  ...organiserRoutes(CONSOLE),
  { key: DEFAULT_ROUTE, function: 'site', forOrganisers: false },
];

/** ANY for whatever reads, or else comes first; other methods by their names where anything about them differs. */
function routesOfPath(rows: readonly Row[]): GatewayRoute[] {
  const readers = rows.filter(({ methods }) => methods.includes('GET'));
  const [main, ...others] = [...readers, ...rows.filter((row) => !readers.includes(row))];
  if (main === undefined) return [];
  const differing = others.filter(
    (row) =>
      row.function !== main.function || row.forOrganisers !== main.forOrganisers || row.throttle !== main.throttle,
  );
  return [
    gatewayRoute('ANY', main.path, main),
    ...differing.flatMap((row) => row.methods.map((method) => gatewayRoute(method, row.path, row))),
  ];
}

/** @throws Error where two functions, or a route that anyone may call, are below one prefix: which of them would be meant? */
function organiserRoutes(rows: readonly Row[]): GatewayRoute[] {
  const prefixes = [...grouped(rows, prefixOf)].map(([prefix, below]) => ({
    prefix,
    below,
    of: ownerOf(prefix, below),
  }));
  const [rest] = [...grouped(prefixes, ({ of }) => of.function).values()].sort((a, b) => b.length - a.length)[0] ?? [];
  return [
    ...prefixes.filter(({ of }) => of.function !== rest?.of.function).flatMap(routesOfPrefix),
    ...(rest ? [gatewayRoute('ANY', `${ORGANISERS}/{proxy+}`, rest.of)] : []),
  ];
}

interface Prefix {
  readonly prefix: string;
  readonly below: readonly Row[];
  readonly of: Row;
}

function ownerOf(prefix: string, [first, ...others]: readonly Row[]): Row {
  if (first === undefined) throw new Error(`nothing is below ${prefix}`);
  const stranger = [first, ...others].find((row) => !row.forOrganisers || row.function !== first.function);
  if (stranger)
    throw new Error(`${stranger.path} needs another prefix than ${prefix}, which is that of ${first.function}`);
  return first;
}

function routesOfPrefix({ prefix, below, of }: Prefix): GatewayRoute[] {
  return [
    ...(below.some(({ path }) => path === prefix) ? [gatewayRoute('ANY', prefix, of)] : []),
    ...(below.some(({ path }) => path !== prefix) ? [gatewayRoute('ANY', `${prefix}/{proxy+}`, of)] : []),
  ];
}

/** `/api/organiser/events/{eventId}/badges` */
function prefixOf({ path }: Row): string {
  const [segment] = path.slice(ORGANISERS.length + 1).split('/', 1);
  return `${ORGANISERS}/${segment}`;
}

function gatewayRoute(method: string, path: string, { function: name, forOrganisers, throttle }: Row): GatewayRoute {
  return { key: `${method} ${path}`, function: name, forOrganisers, ...(throttle && { throttle }) };
}

function grouped<T, Key>(all: readonly T[], keyOf: (each: T) => Key): ReadonlyMap<Key, readonly T[]> {
  const groups = new Map<Key, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}

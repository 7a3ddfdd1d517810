import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SPARE } from '../cli/preflight/carries.ts';
import { manifest } from '../functions/attendee/function.ts';
import { FUNCTION_NAMES } from '../functions/manifests.ts';
import { startFunction } from '../local/functions/function.ts';
import type { Functions } from '../local/functions.ts';
import { chooseRoute } from '../local/gateway/choose-route.ts';
import { startGateway } from '../local/gateway.ts';
import type { JsonMessage } from '../local/mailbox/inbox.ts';
import { type LocalSystem, startSystem } from '../local/system.ts';
import { EVERY_ROUTE } from '../shared/gateway-routes.ts';
import { ROUTES } from '../shared/routes.ts';
import { queueTickets } from './drain.ts';
import { SERVICE_TIMES } from './hot-counters/database.ts';
import type { Measure } from './measure.ts';
import { changedItems, digestOnceSettled, digestTables } from './pages/stored.ts';
import { registerPeople } from './people.ts';
import { startLoneFunction } from './processor/lone-function.ts';
import { type PageCost, pageCost } from './processor/pages.ts';
import { percentile } from './statistics.ts';

/** Of people who follow one mailing (RE9). */
const PER_SECOND = 300;
const PEOPLE = 300;
/** As many as come in ten seconds. */
const LOADS = 10 * PER_SECOND;
/** Browsers that wait for their page at the same moment. */
const AT_ONCE = 32;

/**
 * Everyone of a mailing opens their page, through everything that is deployed, as fast as this machine can; how fast it is where nothing but
 * the gateway has to work; and what 300 a second take on AWS, of which this machine does not do as many.
 */
export async function pages(): Promise<Measure[]> {
  const cost = await pageCost();
  const system = await startSystem({ quiet: true });
  try {
    const links = await linksMailed(system, PEOPLE);
    // Code is compiled, and the event is known.
    await loadPages(links, PEOPLE);
    const { errors, changed, perSecond, durations } = await loadUnchanged(system, links, LOADS);
    const page = await (await fetch(links[0]?.url ?? '')).text();
    const bare = await bareGateway(system, page, LOADS);
    return [
      {
        what: `errors, of ${LOADS} pages that ${PEOPLE} people opened`,
        value: errors.length,
        unit: 'pages',
        budget: NONE,
      },
      { what: 'changed, of all that is stored', value: changed.length, unit: 'items', budget: NONE },
      { what: `pages, ${AT_ONCE} at once`, value: perSecond, unit: 'a second' },
      {
        what: 'the same bytes from a handler that does nothing: the limit of this machine',
        value: bare,
        unit: 'a second',
      },
      { what: 'pages to that limit', value: perSecond / bare, unit: 'x' },
      { what: 'a page, half of them within', value: percentile(durations, 50), unit: 'ms' },
      { what: 'a page, 95 of 100 within', value: percentile(durations, 95), unit: 'ms' },
      ...onAws(cost),
    ];
  } finally {
    await system.stop();
  }
}

const NONE = { exactly: 0 } as const;

/**
 * What AWS gives an account that was let out of its first limits, or has them in each region, and of which a part is for others. Lambda counts calls at once, all others calls or
 * units a second.
 *
 * - https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * - https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html, in Jakarta, Malaysia, Thailand
 * - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 * - https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html
 * - https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html, of keys of elliptic curves
 */
const QUOTAS = { lambda: 1_000, api: 2_500, partition: 3_000, table: 12_000, kms: 1_000 } as const;

/** Megabytes for which Lambda gives a whole processor: with less memory, as much of one. */
const WHOLE_PROCESSOR = 1769;
/** Milliseconds for which a call of DynamoDB or KMS is waited for: three times what a read takes. */
const ANSWER = 3 * SERVICE_TIMES.single;
/** Seconds of a page on a new instance, as preflight reckons. */
const NEW_INSTANCE = 1;

/** 300 a second, as they are on AWS: by what one takes of the processor, the database and KMS. */
function onAws({ milliseconds, ratio, warm, cold }: PageCost): Measure[] {
  const seconds = (milliseconds * (WHOLE_PROCESSOR / manifest.memory) + ANSWER * warm.calls) / 1000;
  const { path } = ROUTES.showRegistration;
  const chosen = chooseRoute('GET', path);
  const { rateLimit } = (typeof chosen === 'object' && chosen.route.throttle) || EVERY_ROUTE;
  const within = (what: string, value: number, unit: string, quota: keyof typeof QUOTAS): Measure => ({
    ...{ what: `${PER_SECOND} a second: ${what}, of ${QUOTAS[quota].toLocaleString('en')}`, value, unit },
    budget: { atMost: QUOTAS[quota] * (1 - SPARE) },
  });
  return [
    { what: 'processor time of a page, to a bare read and transaction', value: ratio, unit: 'x' },
    { what: 'processor time of a page', value: milliseconds, unit: 'ms' },
    { what: `a page at ${manifest.memory} MB, answers of AWS within ${ANSWER} ms`, value: 1000 * seconds, unit: 'ms' },
    { what: 'a page', value: warm.calls, unit: 'calls of AWS' },
    { what: 'a page', value: warm.units, unit: 'read units' },
    { what: 'a page, new instance', value: cold.units, unit: 'read units' },
    { what: `throttle of ${path}`, value: rateLimit, unit: 'a second', budget: { atLeast: PER_SECOND } },
    within('requests of API Gateway', PER_SECOND, 'a second', 'api'),
    within('functions', PER_SECOND * seconds, 'at once', 'lambda'),
    within('functions, if each page meets a new instance', PER_SECOND * NEW_INSTANCE, 'at once', 'lambda'),
    within('read units of the table', PER_SECOND * warm.units, 'a second', 'table'),
    within('read units of its hottest partition', PER_SECOND * warm.hottest, 'a second', 'partition'),
    within('signatures of KMS', PER_SECOND * warm.signatures, 'a second', 'kms'),
    // Once: who comes a second later meets those that have begun.
    {
      what: 'the first 300, all on new instances: the hottest partition, of 3,000',
      value: PER_SECOND * cold.hottest,
      unit: 'read units',
    },
  ];
}

/** The page that a link of a mail leads to, and what it alone says. */
export interface MailedLink {
  readonly url: string;
  readonly names: string;
}

/** Registers people, mails each their ticket, and reads the links of these mails. */
export async function linksMailed(system: LocalSystem, people: number): Promise<readonly MailedLink[]> {
  const registered = await registerPeople(system, 'mailing', people);
  await queueTickets(system, registered);
  const references = new Map(registered.map(({ email, reference }) => [email, reference]));
  for (;;) {
    const mails = (await (await fetch(`${system.mailboxUrl}/messages`)).json()) as JsonMessage[];
    if (mails.length === people) {
      return mails.map(({ text, destinations: [to = ''] }) => ({
        url: /\S+\/m\/[\w.-]+/.exec(text)?.[0] ?? '',
        names: references.get(to) ?? to,
      }));
    }
    await wait(LOOK_AGAIN);
  }
}

/** Milliseconds: each look reads all that was mailed. */
const LOOK_AGAIN = 1_000;

interface Loaded {
  readonly perSecond: number;
  /** Milliseconds of each. */
  readonly durations: readonly number[];
  /** What was wrong with each that was no page. */
  readonly errors: readonly string[];
}

const LOADER = 'bench/pages/load.mjs';

/** Loads pages from a process of its own, each of them in its turn. */
export async function loadPages(links: readonly MailedLink[], loads: number): Promise<Loaded> {
  const browsers = await startLoneFunction(LOADER);
  try {
    const { results } = await browsers.run([{ pages: links, loads, atOnce: AT_ONCE }], 1);
    const [{ seconds, ...loaded }] = results as [Omit<Loaded, 'perSecond'> & { readonly seconds: number }];
    return { ...loaded, perSecond: loaded.durations.length / seconds };
  } finally {
    await browsers.stop();
  }
}

/** The same, and which items of any table are not as they were before. What is done because time passes waits meanwhile. */
export async function loadUnchanged(
  system: LocalSystem,
  links: readonly MailedLink[],
  loads: number,
): Promise<Loaded & { readonly changed: readonly string[] }> {
  return system.hold(async () => {
    const before = await digestOnceSettled(system);
    const loaded = await loadPages(links, loads);
    return { ...loaded, changed: changedItems(before, await digestTables(system)) };
  });
}

const WEB = fileURLToPath(new URL('../dist/web', import.meta.url));
const TRIVIAL = '.cache/bench/trivial.mjs';

/** How many loads a second the same gateway hands on to a worker that has the page ready. */
async function bareGateway({ identity }: LocalSystem, page: string, loads: number): Promise<number> {
  const answer = { statusCode: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page };
  await mkdir(dirname(TRIVIAL), { recursive: true });
  await writeFile(TRIVIAL, `const answer = ${JSON.stringify(answer)};\nexport const handler = async () => answer;\n`);
  const trivial = startFunction({
    ...{ name: 'trivial', bundle: TRIVIAL, environment: {}, timeoutMs: 30_000, memoryMb: manifest.memory },
    log: () => undefined,
  });
  const gateway = await startGateway({
    functions: Object.fromEntries(FUNCTION_NAMES.map((name) => [name, trivial])) as unknown as Functions,
    authorize: async () => undefined,
    ...{ assets: WEB, issuer: identity.issuer, originKey: '', port: 0 },
  });
  try {
    const links = [{ url: `http://localhost:${gateway.port}/m/any`, names: '</html>' }];
    await loadPages(links, PEOPLE);
    const { perSecond, errors } = await loadPages(links, loads);
    if (errors.length > 0) throw new Error(`the bare handler failed: ${errors[0]}`);
    return perSecond;
  } finally {
    await gateway.stop();
    await trivial.stop();
  }
}

import { createHmac, hash } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MANIFESTS } from '../../functions/manifests.ts';
import { LEAST_GROUP } from '../../shared/feedback/result/groups.ts';
import { type FormSecrets, kmsSealing, readFeedbackKeys } from '../../shared/feedback/token/feedback-keys.store.ts';
import { feedbackToken } from '../../shared/feedback/token/feedback-link.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { keptPartitions } from '../../shared/kernel/dynamo/keys.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import type { SecretPurpose, Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { routeKey as keyOf } from '../../shared/kernel/route.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import { ROUTES } from '../../shared/routes.ts';
import { call, postForm } from '../support/call.ts';
import { openFeedback } from '../support/feedback-browser.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';
import { ask } from '../support/team.ts';

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
});
afterAll(() => parts?.stop());
afterEach(() => vi.restoreAllMocks());

type Item = Readonly<Record<string, unknown>>;

/** How an attendee's browser answers. */
type Way = 'script' | 'no-script';

/** All that a reader of every table sees between two things that happen. */
interface Look {
  /** What has just happened: `answered` by whom, by number. */
  readonly after: { readonly did: 'asked' | 'answered' | 'looked'; readonly who?: number };
  readonly registry: readonly Item[];
  readonly feedback: readonly Item[];
}

const OTHERS = ['outbox', 'care', 'audit'] as const;
/** No word of any event's texts: what is found elsewhere came from an answer. */
const SAYS = 'Utterance ';
const wordsOf = (who: number): string => `${SAYS}${who}.`;

/** Everyone comes, asks, and answers, while an observer reads all tables again and again, and organisers look. */
async function happen(
  id: string,
  {
    people,
    wayOf,
    says = (who) => who,
  }: { people: number; wayOf: (who: number) => Way; says?: (who: number) => number },
) {
  const logs: string[] = [];
  // Each look reads all of a table: what other worlds left there would be most of it.
  await parts.empty();
  const event = await openFeedback(parts, id);
  const emails: string[] = [];
  for (let each = 0; each < people; each += 1) emails.push(await event.attendee(`p${each}`));
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void logs.push(said.join(' ')));
  const looks: Look[] = [];
  const { beginWith, are } = keptPartitions(id);
  const read = async (after: Look['after']): Promise<void> => {
    const registry = await scan(parts, 'registry', { partitions: [...beginWith, ...are] });
    const feedback = (await scan(parts, 'feedback')).filter(isOf(id));
    looks.push({ after, registry, feedback });
  };
  await read({ did: 'looked' });
  for (const [who, email] of emails.entries()) {
    const [overall, comment] = [1 + (says(who) % 5), wordsOf(says(who))];
    if (wayOf(who) === 'script') {
      const proof = await event.proofOf(email);
      await read({ did: 'asked', who });
      expect(await event.send(proof, { overall, comment })).toMatchObject({ status: 201 });
    } else {
      const params = { token: await event.tokenOf(email), form: 'event' };
      const fields: [string, string][] = [
        ['sent', '1'],
        ['answers.overall', String(overall)],
        ['answers.comment', comment],
      ];
      expect((await call('postMyFeedback', { params, ...postForm([]) })).statusCode).toBe(200);
      await read({ did: 'asked', who });
      expect((await call('postMyFeedback', { params, ...postForm(fields) })).statusCode).toBe(303);
    }
    await read({ did: 'answered', who });
    if (who % 2 === 1 && who !== people - 1) continue;
    const { body } = await ask('organiser', 'showFeedback', { params: { eventId: id, formId: 'event' } });
    expect(body.answers % LEAST_GROUP).toBe(0);
    await read({ did: 'looked' });
  }
  vi.restoreAllMocks();
  const all = (await scan(parts, 'registry')).filter(isOf(id));
  const others = (await Promise.all(OTHERS.map((table) => scan(parts, table)))).flat().filter(isOf(id));
  return { id, event, people, looks, logs, registry: all, others };
}
type World = Awaited<ReturnType<typeof happen>>;

const isOf =
  (id: string) =>
  (item: Item): boolean =>
    JSON.stringify(item).includes(id);

const WAYS: Readonly<Record<string, (who: number) => Way>> = {
  'with scripts': () => 'script',
  'without scripts': () => 'no-script',
  'with and without': (who) => (who % 3 === 1 ? 'no-script' : 'script'),
};
const WORLDS = [
  ['nine people with scripts', 9, 'with scripts'],
  ['eleven people without scripts', 11, 'without scripts'],
  ['thirty people with and without', 30, 'with and without'],
] as const;

describe.each(WORLDS)('whoever reads every table and every log, again and again, of %s', (name, people, ways) => {
  let world: World;
  beforeAll(async () => {
    const wayOf = WAYS[ways] as (typeof WAYS)[string];
    world = await happen(`linking-${name.replaceAll(' ', '-')}`, { people, wayOf });
  }, 300_000);

  it('FB1: finds nothing that is both with a person and with an answer: no value, no hash of one, and none with any key', async () => {
    const feedback = everSeen(world.looks, 'feedback');
    const elsewhere = [...everSeen(world.looks, 'registry'), ...world.registry, ...world.others];
    const secrets = await formSecretsOf(world.id);
    const links = await linksOf(world);
    const answers = new Set(tellingValues(feedback));
    const persons = new Set([
      ...elsewhere.flatMap(valuesIn),
      ...world.logs.flatMap((line) => valuesIn(JSON.parse(line))),
      ...links,
    ]);
    expect([answers.size, persons.size].every((size) => size > 2 * people)).toBe(true);
    const keyed = keyedHashes(secrets, world.event.deps.secrets);
    expect(await common(answers, persons, keyed), 'of a person, with an answer').toEqual([]);
    expect(await common(persons, answers, keyed), 'of an answer, with a person').toEqual([]);
  });

  it('FB2, FB3: reads of no fewer answers than five what they said, nor by any difference of two looks', () => {
    const seen = world.looks.map(({ feedback }) => ({ words: wordsIn(feedback), counted: countedIn(feedback) }));
    for (const [index, { words, counted }] of seen.entries()) {
      expect([words.length % LEAST_GROUP, counted % LEAST_GROUP]).toEqual([0, 0]);
      expect(words).toHaveLength(counted);
      // The attendee who answered last cannot be the only one of whom more is known than before.
      const before = seen[index - 1];
      if (before !== undefined) expect((counted - before.counted) % LEAST_GROUP).toBe(0);
    }
    expect(seen.at(-1)?.counted).toBe(people - (people % LEAST_GROUP));
    const everything = JSON.stringify([
      world.registry,
      world.others,
      world.logs,
      world.looks.map((look) => look.registry),
    ]);
    expect(everything).not.toContain(SAYS);
    const sealed = everSeen(world.looks, 'feedback').filter(({ pk }) => !/^(WORDS|PUBLISHED)#/.test(String(pk)));
    expect(sealed.some((item) => Buffer.from(Object.values(item).map(rawText).join()).includes(SAYS))).toBe(false);
  });

  it('FB2: sees each answer come alike, and nothing of any person change with it', () => {
    const shapes = new Set<string>();
    for (const [index, look] of world.looks.entries()) {
      const before = world.looks[index - 1];
      if (before === undefined) continue;
      const changed = differences(before.registry, look.registry);
      // What is noted of an attendee who asked says neither who nor when: its key is a MAC, for which nobody has the key who reads tables.
      expect(
        changed
          .map(({ pk }) => String(pk).split('#')[0])
          .filter((kind) => !/^FEEDBACK-(ISSUED|KEYS)$/.test(kind ?? '')),
      ).toEqual([]);
      if (look.after.did !== 'answered') continue;
      shapes.add(differences(before.feedback, look.feedback).map(shapeOf).sort().join(' '));
    }
    expect([...shapes]).toHaveLength(1);
    const issued = everSeen(world.looks, 'registry').filter(({ pk }) => String(pk).startsWith('FEEDBACK-ISSUED#'));
    // By registration, and by name and address.
    expect(issued).toHaveLength(2 * people);
    expect(new Set(issued.map(shapeOf)).size, 'with and without a script').toBe(1);
    const attributes = [...issued, ...everSeen(world.looks, 'feedback')].flatMap((item) => Object.keys(item));
    expect(
      attributes.filter((each) => each !== 'expiresAt' && /at$|time|date|order|number|reference|email/i.test(each)),
    ).toEqual([]);
    const ends = new Set([...issued, ...everSeen(world.looks, 'feedback')].map(({ expiresAt }) => expiresAt));
    expect(ends.size, 'the same for all').toBe(1);
  });

  it('finds in logs of what went well that a route was asked, when and for how long: not by whom, nor of whose event', () => {
    const tables = JSON.stringify([world.registry, world.others, world.looks]);
    const lines = world.logs.map((line) => JSON.parse(line));
    const sent = lines.filter(
      ({ routeKey, status }) =>
        routeKey === keyOf(ROUTES.sendFeedback) || (routeKey === keyOf(ROUTES.postMyFeedback) && status === 303),
    );
    expect(sent).toHaveLength(people);
    for (const { routeKey, durationMs, correlationId, timestamp: _, calls = [], ...rest } of lines) {
      expect([typeof routeKey, typeof durationMs]).toEqual(['string', 'number']);
      expect(rest).toEqual({ level: 'INFO', message: 'request', status: expect.any(Number), coldStart: false });
      expect(tables).not.toContain(correlationId);
      // A request that took long tells its calls: of answers not how large they are.
      for (const { table, units } of calls) if (table === 'plenary-feedback') expect(units).toBeUndefined();
    }
  });
});

it.each(Object.entries(WAYS))(
  'two worlds in which people said the contrary look the same to them, %s',
  async (ways, wayOf) => {
    const people = 7;
    const id = (world: number) => `world-${world}-${ways.replaceAll(' ', '-')}`;
    const one = await happen(id(1), { people, wayOf });
    // The first five are shown together, and the last two never: whichever of them said what.
    const swapped = (who: number) => (who < LEAST_GROUP ? LEAST_GROUP - 1 - who : who);
    const other = await happen(id(2), { people, wayOf, says: swapped });
    const seen = ({ looks, id: own }: World) =>
      looks.map(({ registry, feedback }) =>
        [...registry.filter(({ pk }) => /^FEEDBACK-/.test(String(pk))), ...feedback]
          .map((item) => blank(item).replaceAll(own, 'world'))
          .sort(),
      );
    const [first, second] = [seen(one), seen(other)];
    const opened = (look: readonly string[]) => look.filter((item) => /"pk":"(WORDS|PUBLISHED)#/.test(item));
    const closed = (look: readonly string[]) => look.filter((item) => !/"pk":"(WORDS|PUBLISHED)#/.test(item));
    expect(first.map(closed)).toEqual(second.map(closed));
    expect(first.map((look) => opened(look).length)).toEqual(second.map((look) => opened(look).length));
  },
);

/** Without what is made by chance, or is a MAC with a key that nobody has who reads tables. */
function blank(item: Item): string {
  const { sealed, ledger, blindedHash, publicKeys, sk, ...rest } = item;
  const isChance = /^(ANSWER|SPENT|WORDS|FEEDBACK-ISSUED)#/.test(String(item['pk']));
  const lengths = [sealed, ledger].map((bytes) => (bytes instanceof Uint8Array ? bytes.length : undefined));
  return JSON.stringify({
    ...sorted(rest),
    ...(!isChance && { sk }),
    lengths,
    has: [blindedHash, publicKeys].map(Boolean),
  });
}

const sorted = (item: Item): Item => Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What an item is without what it says: its kind, its attributes and how long each is. */
const shapeOf = (item: Item): string =>
  JSON.stringify([
    String(item['pk']).split('#')[0],
    Object.entries(sorted(item)).map(([name, value]) => [name, rawText(value).length]),
  ]);

/** As text, the same however a map is ordered. */
function rawText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  if (value instanceof Set) return JSON.stringify([...value].map(rawText).sort());
  if (Array.isArray(value)) return JSON.stringify(value.map(rawText));
  return typeof value === 'object' && value !== null ? textOf(value as Item) : String(value);
}

const keyOfItem = ({ pk, sk }: Item): string => `${pk} ${sk}`;

/** What is new or other in the second. */
function differences(before: readonly Item[], after: readonly Item[]): Item[] {
  const known = new Map(before.map((item) => [keyOfItem(item), textOf(item)]));
  const isHere = new Set(after.map(keyOfItem));
  return [
    ...after.filter((item) => known.get(keyOfItem(item)) !== textOf(item)),
    ...before.filter((item) => !isHere.has(keyOfItem(item))),
  ];
}

const textOf = (item: Item): string =>
  JSON.stringify(Object.entries(sorted(item)).map(([name, value]) => [name, rawText(value)]));

/** Every item that was ever in a table as it ever was. */
function everSeen(looks: readonly Look[], table: 'registry' | 'feedback'): Item[] {
  return [...new Map(looks.flatMap((look) => look[table]).map((item) => [textOf(item), item])).values()];
}

const wordsIn = (feedback: readonly Item[]): string[] =>
  feedback
    .filter(({ pk }) => String(pk).startsWith('WORDS#'))
    .flatMap(({ texts }) => Object.values(texts as Record<string, string[]>).flat());

const countedIn = (feedback: readonly Item[]): number =>
  feedback
    .filter(({ pk }) => String(pk).startsWith('PUBLISHED#'))
    .reduce((sum, { all }) => sum + Number((all as { answers: number }).answers), 0);

/** Every text, number and run of bytes in an item that is long enough to say something. */
function valuesIn(item: unknown): string[] {
  if (item instanceof Uint8Array) return [Buffer.from(item).toString('base64url')];
  if (typeof item === 'object' && item !== null) return Object.values(item).flatMap(valuesIn);
  const text = String(item);
  return text.length < 5 ? [] : [text, ...text.split(/[#.|/ ]/).filter((part) => part.length >= 5)];
}

/** Those that tell one item of its kind from another, or, of the only one of its kind, from all: what all have in common is nobody's. */
function tellingValues(items: readonly Item[]): string[] {
  const kinds = new Map<string, Item[]>();
  for (const item of items) {
    const kind = String(item['pk']).split('#')[0] ?? '';
    kinds.set(kind, [...(kinds.get(kind) ?? []), item]);
  }
  const everywhere = inAll(items);
  return [...kinds.values()]
    .flatMap((all) => {
      const shared = all.length > 1 ? inAll(all) : everywhere;
      return all.flatMap(valuesIn).filter((value) => !shared.has(value));
    })
    .filter((value) => !IMPERSONAL.test(value));
}

function inAll(items: readonly Item[]): ReadonlySet<string> {
  const [first = [], ...rest] = items.map((item) => new Set(valuesIn(item)));
  return new Set([...first].filter((value) => rest.every((values) => values.has(value)) && rest.length > 0));
}

/** What is in the table of every event alike: names of what can be chosen, and of the table's own items. */
const IMPERSONAL = /^(ANSWER|SPENT|WORDS|PUBLISHED|FEEDBACK|other|event|overall\.\d|linking-[\w-]+)$|^PUBLISHED#/;

async function formSecretsOf(eventId: string): Promise<FormSecrets> {
  const of = { eventId, form: 'event' };
  const keys = await readFeedbackKeys(documentClient(parts.database.client), parts.database.tables.registry, of);
  if (keys === undefined) throw new Error('no keys');
  return kmsSealing(new KMSClient({}), readEnvironment(MANIFESTS['feedback-tokens']).feedbackKey).open(keys.sealed, of);
}

const linksOf = async ({ id, registry, event }: World): Promise<string[]> =>
  Promise.all(
    registry
      .filter(({ pk }) => String(pk).startsWith('REGISTRATION#'))
      .flatMap(({ sk }) => {
        const identity = { eventId: id, reference: String(sk), linkVersion: 1 };
        return [manageToken(identity, event.deps.secrets), feedbackToken(identity, event.deps.secrets)];
      }),
  );

const PURPOSES: readonly SecretPurpose[] = [
  'feedback-link',
  'manage-link',
  'address-lock',
  'recipient',
  'idempotency',
  'certificate',
];
/** How an attendee is named, or could be, in what a key is used on. */
const NAMED = ['', 'issued|', 'token|', 'answered-here|'];

/** What can be made of a value with any key that the system holds. */
const keyedHashes =
  ({ names, privateKeys }: FormSecrets, secrets: Secrets) =>
  async (value: string): Promise<Buffer[]> => {
    const inputs = NAMED.flatMap((before) => [`${before}${value}`, `${before}${value}|0`]);
    const keys = [names, privateKeys.adult, privateKeys.young];
    const own = inputs.flatMap((input) => keys.map((key) => createHmac('sha256', key).update(input).digest()));
    return [...own, ...(await Promise.all(PURPOSES.map((purpose) => secrets.mac(purpose, value))))];
  };

/** Which values of one side are on the other, as they are, or as a hash: plain, keyed, or plain of a keyed one. */
async function common(
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  keyed: (value: string) => Promise<Buffer[]>,
): Promise<string[]> {
  const begins = new Set([...other].flatMap(readAs).map(beginOf));
  const found: string[] = [];
  for (const value of one) {
    const macs = value.length > 200 ? [] : await keyed(value);
    const made = [...madeOf(value), ...macs.flatMap((mac) => [mac, hash('sha256', mac, 'buffer')])];
    if (other.has(value) || made.some((digest) => begins.has(beginOf(digest)))) found.push(value);
  }
  return found;
}

/** What anybody can make of a value without a key. */
const madeOf = (value: string): Buffer[] =>
  [Buffer.from(value), ...readAs(value)]
    .filter(({ length }) => length > 4)
    .flatMap((input) => ['sha256', 'sha384', 'sha512', 'sha1', 'md5'].map((kind) => hash(kind, input, 'buffer')));

/** The bytes that a text stands for, which Node reads in either alphabet of base64. */
const readAs = (text: string): Buffer[] => [Buffer.from(text, 'base64url'), Buffer.from(text, 'hex')];

/** As much of a digest as tells it from all others, however much of it was kept. */
const beginOf = (digest: Buffer): string => digest.toString('latin1', 0, 8);

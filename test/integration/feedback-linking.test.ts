import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { routeKey as keyOf } from '../../shared/contract/route.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { feedbackToken } from '../../shared/keys/feedback-link.ts';
import { manageToken } from '../../shared/keys/manage-link.ts';
import { openFeedback } from '../support/feedback-browser.ts';
import { type Parts, startParts } from '../support/parts.ts';
import { scan } from '../support/registry.ts';

/** People who attended, and all answer. */
const PEOPLE = 9;

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  view = await happen('linking');
});
afterAll(() => parts?.stop());
afterEach(() => vi.restoreAllMocks());

type Item = Readonly<Record<string, unknown>>;

/** All that somebody has who may read every table and every log. */
interface View {
  readonly registry: readonly Item[];
  readonly others: readonly Item[];
  readonly feedback: readonly Item[];
  readonly logs: readonly string[];
}

/** Everyone asks for a token, then answers, in order. @param says what each has to say, by their number */
async function happen(
  id: string,
  says: (who: number) => number = (who) => who,
): Promise<View & { readonly event: Awaited<ReturnType<typeof openFeedback>> }> {
  const logs: string[] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void logs.push(said.join(' ')));
  const event = await openFeedback(parts, id);
  const emails: string[] = [];
  for (let each = 0; each < PEOPLE; each += 1) emails.push(await event.attendee(`p${each}`));
  const proofs = new Map<number, object>();
  for (const who of inOrder) proofs.set(who, await event.proofOf(emails[who] ?? ''));
  for (const who of inOrder) {
    const answers = { overall: 1 + (says(who) % 5), comment: `Word ${says(who)}` };
    expect(await event.send(proofs.get(who) ?? {}, answers)).toMatchObject({ status: 201 });
  }
  vi.restoreAllMocks();
  const of = async (table: 'registry' | 'outbox' | 'care' | 'audit' | 'feedback') =>
    (await scan(parts, table)).filter((item) => JSON.stringify(item).includes(id));
  const others = [...(await of('outbox')), ...(await of('care')), ...(await of('audit'))];
  return { event, registry: await of('registry'), others, feedback: await of('feedback'), logs };
}

let view: Awaited<ReturnType<typeof happen>>;

const inOrder = Array.from({ length: PEOPLE }, (_, index) => index);

it('whoever reads every table and every log links no answer with anybody: not by a value, nor by what can be made of one', async () => {
  const said = view.feedback.filter(({ texts }) => texts !== undefined);
  expect(said).toHaveLength(PEOPLE);

  // What both sides have in common is the same for everybody.
  const known = new Set([...view.registry, ...view.others].flatMap(valuesIn).concat(view.logs));
  const shared = said.map((item) => valuesIn(item).filter((value) => known.has(value)));
  expect(new Set(shared.map((values) => values.sort().join(' '))).size).toBe(1);

  // Nor does any hash of what is known of people, or of their links, name an answer; nor of an answer anything that is known.
  const links = await Promise.all(
    view.registry
      .filter(({ pk }) => String(pk).startsWith('REGISTRATION#'))
      .flatMap(({ sk }) => {
        const identity = { eventId: 'linking', reference: String(sk), linkVersion: 1 };
        return [manageToken(identity, view.event.deps.secrets), feedbackToken(identity, view.event.deps.secrets)];
      }),
  );
  const answers = said.flatMap(({ sk }) => [String(sk), ...madeOf(String(sk))]);
  const people = [...known, ...links].flatMap((value) => [value, ...madeOf(value)]);
  expect(people.length).toBeGreaterThan(1000);
  const anybody = new Set(people);
  expect(answers.filter((value) => anybody.has(value))).toEqual([]);

  // Logs say of what went well that a route was asked, when and for how long: no line says by whom, nor of whose event.
  const lines = view.logs.map((line) => JSON.parse(line));
  const tables = JSON.stringify([view.registry, view.others, view.feedback]);
  expect(lines.filter(({ routeKey }) => routeKey === keyOf(ROUTES.sendFeedback))).toHaveLength(PEOPLE);
  for (const { routeKey, durationMs, requestId, ...rest } of lines) {
    expect([typeof routeKey, typeof durationMs]).toEqual(['string', 'number']);
    expect(rest).toEqual({ level: 'info', message: 'request', status: expect.any(Number) });
    expect(tables).not.toContain(requestId);
  }
});

it('the order in which people asked and answered is nowhere, nor is the time', async () => {
  const place = (item: Item) => Number(/\d+$/.exec(String(Object.values(item['texts'] ?? {})[0]))?.[0]);
  const order = view.feedback.filter(({ texts }) => texts !== undefined).map(place);
  expect([...order].sort((a, b) => a - b)).toEqual(inOrder);
  // Hashes order them: that nine come out as they went in happens once in 362,880 times.
  expect(order).not.toEqual(inOrder);
  expect(order).not.toEqual(inOrder.toReversed());
  const issued = view.registry.filter(({ pk }) => String(pk).startsWith('FEEDBACK-ISSUED#'));
  // By registration, and by name and address.
  expect(issued).toHaveLength(2 * PEOPLE);
  const attributes = [...issued, ...view.feedback].flatMap((item) => Object.keys(item));
  expect(attributes.filter((name) => /at$|time|date|order|number|reference|email/i.test(name))).toEqual(
    ['expiresAt'].flatMap((name) => attributes.filter((each) => each === name)),
  );
  expect(new Set([...issued, ...view.feedback].map(({ expiresAt }) => expiresAt)).size, 'the same for all').toBe(1);
  const hourly = JSON.stringify([...issued, ...view.feedback]).match(/\d{4}-\d\d-\d\dT/g);
  expect(hourly).toBeNull();
});

it('two worlds in which people said the contrary look the same to them', async () => {
  const one = await happen('world-1');
  const other = await happen('world-2', (who) => PEOPLE - 1 - who);
  const look = ({ registry, feedback }: View, id: string) => {
    const blank = (item: Item) =>
      sorted({
        ...item,
        ...(isHash(item['sk']) && { sk: '' }),
        blindedHash: '',
        publicKeys: '',
        sealed: '',
      }).replaceAll(id, 'world');
    const ofFeedback = registry.filter(({ pk }) => /^FEEDBACK-/.test(String(pk)));
    return [...ofFeedback, ...feedback].map(blank).map(withoutShard).sort();
  };
  expect(sums(look(one, 'world-1'))).toEqual(sums(look(other, 'world-2')));
});

/** Counts are spread over items by chance: what they come to is what is seen. */
const withoutShard = (item: string): string => item.replace(/"sk":"((?:mode|category)#[\w-]+)#\d"/, '"sk":"$1"');
function sums(items: readonly string[]) {
  const others = items.filter((item) => !item.includes('"answers"'));
  const counts: Record<string, number> = {};
  for (const item of items.filter((each) => each.includes('"answers"'))) {
    const { sk, ...rest } = JSON.parse(item);
    for (const [name, value] of Object.entries(rest))
      if (typeof value === 'number' && name !== 'v' && name !== 'expiresAt')
        counts[`${sk} ${name}`] = (counts[`${sk} ${name}`] ?? 0) + value;
  }
  return { others, counts };
}

const sorted = (item: Item): string => JSON.stringify(Object.fromEntries(Object.entries(item).sort()));
const isHash = (value: unknown): boolean => /^[\w-]{22,43}$/.test(String(value));

/** Every text and number in an item that is long enough to say something. */
function valuesIn(item: unknown): string[] {
  if (typeof item === 'object' && item !== null) return Object.values(item).flatMap(valuesIn);
  const text = String(item);
  return text.length < 5 ? [] : [text, ...text.split(/[#.|]/).filter((part) => part.length >= 5)];
}

/** What anybody can make of a value without a key. */
function madeOf(value: string): string[] {
  const inputs = [
    Buffer.from(value),
    Buffer.from(value, 'base64url'),
    Buffer.from(value, 'base64'),
    Buffer.from(value, 'hex'),
  ];
  return inputs
    .filter(({ length }) => length > 4)
    .flatMap((input) =>
      ['sha256', 'sha384', 'sha512', 'sha1', 'md5'].flatMap((hash) => {
        const digest = createHash(hash).update(input).digest();
        return [digest, digest.subarray(0, 16)].flatMap((each) => [each.toString('base64url'), each.toString('hex')]);
      }),
    );
}

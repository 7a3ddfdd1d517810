import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type BlindKeyPair,
  blindSign,
  isSigned,
  makeBlindKeyPair,
} from '../../shared/feedback/token/blind-signature.store.ts';
import {
  ANSWERED,
  type KeptFeedback,
  type KeptPlace,
  readKept,
  writeKept,
} from '../../web/site/script/feedback/kept.ts';
import { proofFor, Refused, Stopped } from '../../web/site/script/feedback/prove.ts';

const PLACE: KeptPlace = { event: 'forum', form: 'session-opening', token: 'forum.7K3M9QX2AB.AAAA' };
const LABELS = { mode: 'online', category: 'other' };

let adult: BlindKeyPair;
let young: BlindKeyPair;
beforeAll(async () => {
  [adult, young] = await Promise.all([makeBlindKeyPair(), makeBlindKeyPair()]);
});

/** What was asked, oldest first: the last part of its address, with what it said. */
let asked: { readonly what: string; readonly options: RequestInit }[];
/** What the server does, by the last part of the address; each may be another one for a test. */
let server: Record<string, (body: string) => Response | Promise<Response>>;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const bytes = (encoded: string): Buffer => Buffer.from(encoded, 'base64url');

beforeEach(() => {
  asked = [];
  server = {
    pass: () => Response.json({ group: 'adult', publicKey: text(adult.publicKey), labels: LABELS }),
    keys: () => Response.json({ keys: { adult: text(adult.publicKey), young: text(young.publicKey) } }),
    tokens: (body) => Response.json({ signature: sign(adult, body) }),
  };
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    const what = /\/feedback\/session-opening\/(\w+)\?lang=en$/.exec(url)?.[1] ?? '';
    asked.push({ what, options });
    return await (server[what] as (body: string) => Response)(String(options.body));
  });
});
afterEach(() => vi.unstubAllGlobals());

const sign = ({ privateKey }: BlindKeyPair, body: string): string =>
  text(blindSign(privateKey, bytes(JSON.parse(body).blinded)) ?? new Uint8Array());
const sequence = (): string[] => asked.map(({ what }) => what);
const keptNow = (): KeptFeedback => readKept(PLACE) as KeptFeedback;
const problem = (type: string, status: number) =>
  Response.json({ type: `urn:plenary:problem:${type}`, title: 'Title', detail: 'Detail', status }, { status });

describe('a browser that proves that its reader attended', () => {
  it('has a message of its own signed unseen, by the key that all others get', async () => {
    let seen = '';
    server['tokens'] = (body) => {
      seen = JSON.parse(body).blinded;
      return Response.json({ signature: sign(adult, body) });
    };
    const { message, signature, labels } = await proofFor(PLACE);
    expect(isSigned(adult.publicKey, bytes(message), bytes(signature))).toBe(true);
    expect(bytes(message)).toHaveLength(32);
    expect(labels).toEqual(LABELS);
    expect(sequence()).toEqual(['pass', 'keys', 'tokens']);
    expect([seen, message, signature].filter((each, index, all) => all.indexOf(each) === index)).toHaveLength(3);
  });

  it('says who it is where it asks for its own, and not where it compares keys', async () => {
    await proofFor(PLACE);
    for (const { what, options } of asked) {
      const said = JSON.stringify(options);
      if (what === 'keys') expect(options).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
      else expect(options).toMatchObject({ credentials: 'same-origin' });
      expect(said.includes('7K3M9QX2AB'), what).toBe(what !== 'keys');
      expect(options.cache).toBe('no-store');
    }
  });

  it.each([
    ['another one', () => ({ adult: text(young.publicKey), young: text(adult.publicKey) })],
    ['none', () => ({})],
  ])('has nothing signed where others get %s', async (_, keys) => {
    server['keys'] = () => Response.json({ keys: keys() });
    await expect(proofFor(PLACE)).rejects.toEqual(new Stopped('keys-differ'));
    expect(sequence()).toEqual(['pass', 'keys']);
    expect(readKept(PLACE)).toBeUndefined();
  });

  it('keeps what it needs before anything is signed, and goes on with the same after a lost answer', async () => {
    const blinded: string[] = [];
    server['tokens'] = (body) => {
      blinded.push(JSON.parse(body).blinded);
      expect(keptNow()).toMatchObject({ blinded: blinded[0] });
      throw new TypeError('network');
    };
    await expect(proofFor(PLACE)).rejects.toEqual(new Stopped('offline'));
    const before = keptNow();
    expect(before.signature).toBeUndefined();
    server['tokens'] = (body) => {
      blinded.push(JSON.parse(body).blinded);
      return Response.json({ signature: sign(adult, body) });
    };
    const proof = await proofFor(PLACE);
    expect(blinded).toEqual([before.blinded, before.blinded]);
    expect(proof.message).toBe(before.message);
  });

  it('asks nothing more as somebody who is known once it is signed', async () => {
    const first = await proofFor(PLACE);
    asked = [];
    expect(await proofFor(PLACE)).toEqual(first);
    expect(asked).toEqual([]);
  });

  it('begins anew where the key is another one now', async () => {
    server['tokens'] = () => problem('busy', 503);
    await expect(proofFor(PLACE)).rejects.toEqual(new Stopped('failed'));
    const before = keptNow();
    server['pass'] = () => Response.json({ group: 'young', publicKey: text(young.publicKey), labels: LABELS });
    server['tokens'] = (body) => Response.json({ signature: sign(young, body) });
    const proof = await proofFor(PLACE);
    expect(proof.message).not.toBe(before.message);
    expect(isSigned(young.publicKey, bytes(proof.message), bytes(proof.signature))).toBe(true);
  });

  it('keeps no signature that is not good, so that it can ask again', async () => {
    server['tokens'] = () => Response.json({ signature: text(randomBytes(256).fill(0, 0, 1)) });
    await expect(proofFor(PLACE)).rejects.toThrow('invalid signature');
    expect(keptNow().signature).toBeUndefined();
  });

  it('says why the server refuses, in its words', async () => {
    server['pass'] = () => problem('not-attended', 403);
    await expect(proofFor(PLACE)).rejects.toEqual(new Refused('not-attended', 'Title', 'Detail'));
    server['pass'] = () => new Response('<h1>Forbidden</h1>', { status: 403 });
    await expect(proofFor(PLACE)).rejects.toEqual(new Stopped('failed'));
  });

  it('asks for nothing once its answers were counted, for this person and this form alone', async () => {
    writeKept(PLACE, ANSWERED);
    await expect(proofFor(PLACE)).rejects.toEqual(new Stopped('answered'));
    expect(asked).toEqual([]);
    await proofFor({ ...PLACE, token: 'forum.8K3M9QX2AB.AAAA' });
    expect(sequence()).toEqual(['pass', 'keys', 'tokens']);
  });
});

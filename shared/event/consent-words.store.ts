import { createHash } from 'node:crypto';
import * as z from 'zod';
import { eventKey, type ItemKey } from '../kernel/dynamo/keys.ts';
import { once } from '../kernel/once.ts';
import { field, stored } from '../kernel/stored.schema.ts';
import { type ConsentWording, consentWording } from './consents.schema.ts';
import type { ConsentGiver } from './consents.ts';

/*
 * All words of consents that an event ever published, in one item: a registration keeps only their hash, and they can be shown as long
 * as the event is kept. It is written with each publication, in the same transaction. Words are added to it, and never changed.
 */

export const storedConsentWords = stored(() => ({
  v: field(z.literal(1), 'impersonal', 'published'),
  /** A list of `ConsentWording`, as JSON: a dozen times cheaper than nested attributes. */
  words: field(z.string(), 'impersonal', 'published'),
}));

const wordings = once(() => z.array(consentWording()));

export const consentWordsKey = (eventId: string): ItemKey => ({ pk: eventKey(eventId).pk, sk: 'CONSENTS' });

export const toConsentWordsItem = (eventId: string, words: readonly ConsentWording[]) => ({
  ...consentWordsKey(eventId),
  v: 1,
  words: JSON.stringify(words),
});

/** @throws ZodError when the table holds something else */
export const fromConsentWordsItem = (item: Record<string, unknown> | undefined): readonly ConsentWording[] =>
  item === undefined ? [] : wordings().parse(JSON.parse(storedConsentWords().parse(item).words));

/** Those of before, and what is new. */
export function withWords(
  before: readonly ConsentWording[],
  published: readonly ConsentWording[],
): readonly ConsentWording[] {
  const name = ({ of, id, version, language }: ConsentWording) => JSON.stringify([of, id, version, language]);
  const known = new Set(before.map(name));
  return [...before, ...published.filter((each) => !known.has(name(each)))];
}

type Shown = Pick<ConsentWording, 'title' | 'agreement' | 'points' | 'youngPoints'>;

/** SHA-256 of the words that a person reads, in the language in which they do: 144 bits, 24 characters of base64url. */
export function hashConsent({ title, agreement, points, youngPoints }: Shown, isYoung = false): string {
  const words = JSON.stringify([title, agreement, (isYoung && youngPoints) || points]);
  return createHash('sha256').update(words).digest().subarray(0, HASH_BYTES).toString('base64url');
}

const HASH_BYTES = 18;

/** The words that a hash stands for. */
export const wordsOfHash = (
  words: readonly ConsentWording[],
  { of, id, hash, isYoung }: { of: ConsentGiver; id: string; hash: string; isYoung: boolean },
): ConsentWording | undefined =>
  words.find((each) => each.of === of && each.id === id && hashConsent(each, isYoung) === hash);

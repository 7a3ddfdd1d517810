import type { DocumentClient } from '../../kernel/dynamo/client.store.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import type { System } from '../../kernel/system.store.ts';
import { makeBlindKeyPair } from './blind-signature.store.ts';
import {
  type FeedbackKeys,
  type FormSealing,
  type FormSecrets,
  putFeedbackKeys,
  readFeedbackKeys,
} from './feedback-keys.store.ts';
import type { FormOf } from './pass.ts';

/** All keys of a form. */
export interface FormKeys extends Pick<FeedbackKeys, 'publicKeys'>, FormSecrets {}

interface Outside {
  readonly client: DocumentClient;
  readonly registry: string;
  readonly sealing: FormSealing;
  readonly system: System;
}

/** @param expiresAt epoch seconds, where they have to be made */
export type KeysOf = (of: FormOf, expiresAt: number) => Promise<FormKeys>;

const NAMES_BYTES = 32;

/**
 * Keys are made when an attendee asks for the first token of a form, for both groups at once: none shows whether a minor
 * was there. Another who asks at that moment is given the same ones. One call of KMS opens them, for as long as an instance lives.
 */
export function keyMemory(outside: Outside): KeysOf {
  const known = new Map<string, Promise<FormKeys>>();
  return (of, expiresAt) => {
    const name = `${of.eventId} ${of.form}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const keys = readOrMake(outside, of, expiresAt);
    known.set(name, keys);
    keys.catch(() => known.delete(name));
    return keys;
  };
}

async function readOrMake(outside: Outside, of: FormOf, expiresAt: number): Promise<FormKeys> {
  const { client, registry, sealing } = outside;
  const before = await readFeedbackKeys(client, registry, of);
  if (before === undefined) await make(outside, of, expiresAt);
  // Where another request was faster, its keys are the keys.
  const keys = before ?? (await readFeedbackKeys(client, registry, of));
  if (keys === undefined) throw new Error('keys that were there are gone');
  return { publicKeys: keys.publicKeys, ...(await sealing.open(keys.sealed, of)) };
}

async function make({ client, registry, sealing, system }: Outside, of: FormOf, expiresAt: number): Promise<void> {
  const [adult, young] = await Promise.all([makeBlindKeyPair(), makeBlindKeyPair()]);
  const privateKeys = { adult: adult.privateKey, young: young.privateKey };
  const sealed = await sealing.seal({ privateKeys, names: Buffer.from(system.random(NAMES_BYTES)) }, of);
  const publicKeys = { adult: adult.publicKey, young: young.publicKey };
  await transact(client, [putFeedbackKeys(registry, of, { publicKeys, sealed }, expiresAt)], system);
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly keysOf: KeysOf;
  }
}

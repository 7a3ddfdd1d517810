import { PASS_GROUPS, type PassGroup } from '../../shared/domain/feedback/pass.ts';
import { makeBlindKeyPair } from '../../shared/keys/blind-signature.ts';
import { openBlindKey, sealBlindKey } from '../../shared/keys/sealed-blind-key.ts';
import type { Secrets } from '../../shared/keys/secrets.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import {
  type FeedbackKeys,
  feedbackKeysKey,
  putFeedbackKeys,
  readFeedbackKeys,
} from '../../shared/store/feedback-keys-item.ts';
import { transact } from '../../shared/store/transact.ts';
import type { System } from '../../shared/system.ts';

/** A form's keys for one group: DER. */
export interface SigningKeys {
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

interface Outside {
  readonly client: DocumentClient;
  readonly registry: string;
  readonly secrets: Secrets;
  readonly system: System;
}

interface KeysFor {
  readonly eventId: string;
  readonly form: string;
  readonly group: PassGroup;
  /** Epoch seconds, where they have to be made. */
  readonly expiresAt: number;
}

export type KeysOf = (of: KeysFor) => Promise<SigningKeys>;

/**
 * Keys are made when somebody asks for the first token of a form, for both groups at once: whoever looks at them does not learn whether anybody
 * under 18 was there. Whoever asks at the same moment is given the same ones.
 */
export function keyMemory(outside: Outside): KeysOf {
  const known = new Map<string, Promise<SigningKeys>>();
  return (of) => {
    const name = `${of.eventId} ${of.form} ${of.group}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const keys = readOrMake(outside, of);
    known.set(name, keys);
    keys.catch(() => known.delete(name));
    return keys;
  };
}

async function readOrMake(outside: Outside, of: KeysFor): Promise<SigningKeys> {
  const { client, registry, secrets, system } = outside;
  const read = () => readFeedbackKeys(client, registry, of, system);
  const before = await read();
  const missing = PASS_GROUPS.filter((group) => before[group] === undefined);
  await Promise.all(missing.map((group) => make(outside, { ...of, group })));
  const keys = (missing.length === 0 ? before : await read())[of.group];
  if (keys === undefined) throw new Error('keys that were there are gone');
  return opened(keys, of, secrets);
}

/** Where somebody else was faster, theirs are the keys. */
async function make({ client, registry, secrets, system }: Outside, of: KeysFor): Promise<void> {
  const { publicKey, privateKey } = await makeBlindKeyPair();
  const sealedKey = await sealBlindKey(privateKey, of, { secrets, system });
  const key = feedbackKeysKey(of.eventId, of.form, of.group);
  await transact(client, [putFeedbackKeys(registry, key, { publicKey, sealedKey }, of.expiresAt)], system);
}

const opened = async ({ publicKey, sealedKey }: FeedbackKeys, of: KeysFor, secrets: Secrets): Promise<SigningKeys> => ({
  publicKey,
  privateKey: await openBlindKey(sealedKey, of, secrets),
});

import type { PassGroup } from '../../shared/domain/feedback/pass.ts';
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

/** Keys are made when somebody asks for the first token of a form; whoever asks at the same moment is given the same ones. */
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
  const before = (await readFeedbackKeys(client, registry, of, system))[of.group];
  if (before !== undefined) return opened(before, of, secrets);
  const made = await makeBlindKeyPair();
  const sealedKey = await sealBlindKey(made.privateKey, of, { secrets, system });
  const key = feedbackKeysKey(of.eventId, of.form, of.group);
  const put = putFeedbackKeys(registry, key, { publicKey: made.publicKey, sealedKey }, of.expiresAt);
  const refusals = await transact(client, [put], system);
  if (refusals.length === 0) return made;
  const others = (await readFeedbackKeys(client, registry, of, system))[of.group];
  if (others === undefined) throw new Error('keys that were there are gone');
  return opened(others, of, secrets);
}

const opened = async ({ publicKey, sealedKey }: FeedbackKeys, of: KeysFor, secrets: Secrets): Promise<SigningKeys> => ({
  publicKey,
  privateKey: await openBlindKey(sealedKey, of, secrets),
});

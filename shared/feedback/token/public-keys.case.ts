import type { Database } from '../../kernel/parts.store.ts';
import { isSigned } from './blind-signature.store.ts';
import { type FeedbackKeys, readFeedbackKeys } from './feedback-keys.store.ts';
import { type FormOf, PASS_GROUPS, type PassGroup } from './pass.ts';

/** DER, SPKI. */
type PublicKeys = FeedbackKeys['publicKeys'];

export interface PublicKeysOf {
  /** Those of a form; `undefined` until somebody asked for its first token. */
  readonly all: (of: FormOf) => Promise<PublicKeys | undefined>;
  /** For whom a token of a form was signed; `undefined` where none of the form's keys signed it. */
  readonly signedFor: (of: FormOf, token: Uint8Array, signature: Uint8Array) => Promise<PassGroup | undefined>;
}

/** Keys never change: those that were read once are good. */
export function publicKeyMemory({ client, registry: table }: Database<'registry'>): PublicKeysOf {
  const known = new Map<string, PublicKeys>();
  async function all(of: FormOf): Promise<PublicKeys | undefined> {
    const name = `${of.eventId} ${of.form}`;
    const keys = known.get(name) ?? (await readFeedbackKeys(client, table, of))?.publicKeys;
    if (keys !== undefined) known.set(name, keys);
    return keys;
  }
  return {
    all,
    async signedFor(of, token, signature) {
      const keys = await all(of);
      return keys && PASS_GROUPS.find((group) => isSigned(keys[group], token, signature));
    },
  };
}

declare module '../../kernel/parts.store.ts' {
  interface Parts {
    readonly publicKeysOf: PublicKeysOf;
  }
}

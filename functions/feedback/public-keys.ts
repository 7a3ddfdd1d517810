import { PASS_GROUPS, type PassGroup } from '../../shared/domain/feedback/pass.ts';
import { isSigned } from '../../shared/keys/blind-signature.ts';
import type { DocumentClient } from '../../shared/store/client.ts';
import { readFeedbackKeys } from '../../shared/store/feedback-keys-item.ts';
import type { System } from '../../shared/system.ts';

/** DER, SPKI. */
type PublicKeys = Partial<Record<PassGroup, Buffer>>;

export interface PublicKeysOf {
  /** Those of a form that were made until now. */
  readonly all: (eventId: string, form: string) => Promise<PublicKeys>;
  /** For whom a token of a form was signed; `undefined` where none of the form's keys signed it. */
  readonly signedFor: (
    form: { readonly eventId: string; readonly form: string },
    token: Uint8Array,
    signature: Uint8Array,
  ) => Promise<PassGroup | undefined>;
}

/** Keys never change: those that were read once are good, and what is missing is looked for again. */
export function publicKeyMemory(client: DocumentClient, table: string, system: Pick<System, 'backOff'>): PublicKeysOf {
  const known = new Map<string, PublicKeys>();
  async function all(eventId: string, form: string): Promise<PublicKeys> {
    const name = `${eventId} ${form}`;
    const before = known.get(name);
    if (before !== undefined && PASS_GROUPS.every((group) => before[group] !== undefined)) return before;
    const read = await readFeedbackKeys(client, table, { eventId, form }, system);
    const keys = Object.fromEntries(Object.entries(read).map(([group, { publicKey }]) => [group, publicKey]));
    known.set(name, keys);
    return keys;
  }
  return {
    all,
    async signedFor({ eventId, form }, token, signature) {
      const by = (keys: PublicKeys) =>
        PASS_GROUPS.find((group) => {
          const key = keys[group];
          return key !== undefined && isSigned(key, token, signature);
        });
      return by(known.get(`${eventId} ${form}`) ?? {}) ?? by(await all(eventId, form));
    },
  };
}

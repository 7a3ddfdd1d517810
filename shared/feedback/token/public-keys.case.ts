import type { Handle } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Database, Needs } from '../../kernel/parts.store.ts';
import type { FEEDBACK_ROUTES } from '../answer/feedback.routes.ts';
import { formOf } from '../form/open-form.case.ts';
import { isSigned } from './blind-signature.store.ts';
import { type FeedbackKeys, readFeedbackKeys } from './feedback-keys.store.ts';
import { type FormOf, PASS_GROUPS, type PassGroup } from './pass.ts';

type Deps = Needs<'formsOf' | 'publicKeysOf' | 'system'>;

/** The same for everybody: who compares knows that no key is theirs alone. */
export const getFeedbackKeys =
  (deps: Deps): Handle<typeof FEEDBACK_ROUTES.getFeedbackKeys> =>
  async ({ params, language }) => {
    const { event, form } = await formOf(deps, params, language);
    const keys = await deps.publicKeysOf.all({ eventId: event.id, form: form.id });
    const texts = PASS_GROUPS.flatMap((group) => (keys ? [[group, keys[group].toString('base64url')]] : []));
    return json(200, { keys: Object.fromEntries(texts) });
  };

/** DER, SPKI. */
type PublicKeys = FeedbackKeys['publicKeys'];

interface PublicKeysOf {
  /** Those of a form; `undefined` until an attendee asked for its first token. */
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

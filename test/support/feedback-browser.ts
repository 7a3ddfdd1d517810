import { randomBytes, webcrypto } from 'node:crypto';
import { RSABSSA } from '@cloudflare/blindrsa-ts';
import type { EventDefinition } from '../../shared/event/event.ts';
import type { FormSettings } from '../../shared/feedback/feedback-items.schema.ts';
import { feedbackToken } from '../../shared/feedback/token/feedback-link.store.ts';
import type { RouteId } from '../../shared/routes.ts';
import { call, postJson } from './call.ts';
import { DAY, open, openDoors } from './doors.ts';
import { OPEN_NOW, setForms } from './open-forms.ts';
import type { Parts } from './parts.ts';
import { openPhone, sentScan } from './phone.ts';

/** What a browser does to blind, by the library that ours uses. */
const suite = RSABSSA.SHA384.PSS.Deterministic();

export interface Pass {
  readonly group: 'adult' | 'young';
  readonly publicKey: string;
  readonly labels: { readonly mode: string; readonly category: string };
}

/** What is sent with answers. */
export interface Proof {
  readonly token: string;
  readonly signature: string;
  readonly mode: string;
  readonly category: string;
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
const text = (of: Uint8Array) => Buffer.from(of).toString('base64url');

/** A token of one's own, blinded for the key of a pass. */
export async function blind({ publicKey }: Pick<Pass, 'publicKey'>, message = new Uint8Array(randomBytes(32))) {
  const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
  const key = await webcrypto.subtle.importKey('spki', bytes(publicKey), algorithm, true, ['verify']);
  const { blindedMsg, inv } = await suite.blind(key, message);
  return {
    message,
    blinded: text(blindedMsg),
    finish: async (signed: string) => text(await suite.finalize(key, message, bytes(signed), inv)),
  };
}

/** An event whose forms are open, with a phone at its entrance, and what people do who came. */
export async function openFeedback(
  parts: Parts,
  id: string,
  {
    forms = { event: OPEN_NOW, 'session-opening': OPEN_NOW },
    ...changes
  }: Partial<EventDefinition> & { readonly forms?: FormSettings } = {},
) {
  const doors = await openDoors(parts, id, changes);
  await doors.put('event', open);
  const phone = await openPhone(parts, id, { endsAt: Date.now() + DAY });
  const set = (settings: FormSettings) => setForms(parts, id, settings);
  await set(forms);

  /** @param about the form, and what else the path names */
  const ask = async (route: RouteId, form: string, email: string, body?: unknown) => {
    const token = await feedbackToken(await doors.registrationOf(email), doors.deps.secrets);
    const headers = { authorization: `Bearer ${token}` };
    const what = body === undefined ? { headers } : postJson(body, headers);
    return parsed(await call(route, { params: { eventId: id, form }, ...what }));
  };
  const passOf = async (email: string, form = 'event') => (await ask('makeFeedbackPass', form, email)).body as Pass;
  const issue = (email: string, form: string, blinded: string) => ask('issueFeedbackToken', form, email, { blinded });
  return {
    ...doors,
    /** What organisers ask for. */
    organise: doors.ask,
    set,
    phone,
    ask,
    passOf,
    issue,
    /** Someone who registered and came in. */
    async attendee(name: string, sent: Record<string, unknown> = {}) {
      const email = `${name}@example.org`;
      const { ticket, reference } = await doors.holder(email, sent);
      await phone.send([sentScan({ ticket, reference })]);
      return email;
    },
    /** All that has to be done before answers are sent. */
    async proofOf(email: string, form = 'event'): Promise<Proof> {
      const pass = await passOf(email, form);
      const { message, blinded, finish } = await blind(pass);
      const { body } = await issue(email, form, blinded);
      return { token: text(message), signature: await finish(body.signature), ...pass.labels };
    },
    send: async (proof: object, answers: object = { overall: 4 }, form = 'event') =>
      parsed(await call('sendFeedback', { params: { eventId: id, form }, ...postJson({ ...proof, answers }) })),
  };
}

const parsed = ({ statusCode, body = '' }: { readonly statusCode?: number; readonly body?: string }) => ({
  status: statusCode,
  body: JSON.parse(body),
});

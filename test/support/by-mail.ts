import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { confirmToken } from '../../shared/registration/confirm/unconfirmed.store.ts';
import {
  fromUnconfirmedItem,
  type UnconfirmedForm,
} from '../../shared/registration/confirm/unconfirmed-item.schema.ts';
import { call, postForm } from './call.ts';
import { formFields } from './forum.ts';
import type { Parts } from './parts.ts';
import { scan } from './registry.ts';

/** What people without scripts do in one event while it is under attack. */
export function byMail(parts: Parts, eventId: string, secrets: Secrets) {
  const formsOf = async (email: string): Promise<UnconfirmedForm[]> =>
    (await forms()).filter(({ application }) => application?.email === email);
  const forms = async (): Promise<UnconfirmedForm[]> =>
    (await scan(parts, 'registry', { partitions: [`UNCONFIRMED#${eventId}#`] })).map(fromUnconfirmedItem);
  const waiting = async (email: string): Promise<UnconfirmedForm> => {
    const [form] = await formsOf(email);
    if (form === undefined) throw new Error(`no form of ${email} waits`);
    return form;
  };
  return {
    forms,
    waiting,
    send: (email: string, changes: Record<string, unknown> = {}, more: [string, string][] = []) =>
      call('postForm', {
        params: { eventId },
        ...postForm([...formFields({ email, ...changes }), ['byMail', 'yes'], ...more]),
      }),
    linkOf: async (email: string) => confirmToken(await waiting(email), secrets),
    open: (token: string) => call('showConfirm', { params: { token } }),
    press: (token: string, edition: string) =>
      call('postConfirm', {
        params: { token },
        ...postForm([
          ['action', 'confirm'],
          ['edition', edition],
        ]),
      }),
  };
}

/** What the page would confirm. */
export const editionIn = (body = ''): string => /name="edition" value="([\w-]+)"/.exec(body)?.[1] ?? '';

import type { Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import {
  type AddressChange,
  addressCodeOf,
  addressToken,
  fromAddressChangeItem,
} from '../../shared/registration/change/address-change.store.ts';
import { manageToken } from '../../shared/registration/link/manage-link.store.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { call, postForm } from './call.ts';
import type { Parts } from './parts.ts';
import { scan } from './registry.ts';

/** What people do who change the address of a registration, by what they are mailed. */
export function changeAddress(parts: Parts, secrets: Secrets) {
  const changeOf = async ({ eventId, reference }: Registration): Promise<AddressChange | undefined> => {
    const [item] = await scan(parts, 'registry', { partitions: [`ADDRESS-CHANGE#${eventId}#${reference}`] });
    return item && fromAddressChangeItem(item);
  };
  const page = async (of: Registration) => ({ params: { token: await manageToken(of, secrets) } });
  const post = async (of: Registration, fields: [string, string][]) =>
    call('postAddress', { ...(await page(of)), ...postForm(fields) });
  const linkTo = async (of: Registration, link: string | undefined): Promise<string> => {
    if (link === undefined) throw new Error('there is no such link');
    return addressToken(of, link, secrets);
  };
  return {
    changeOf,
    post,
    show: async (of: Registration) => call('showAddress', await page(of)),
    sendCode: (of: Registration) => post(of, [['action', 'code']]),
    /** As the mail says it. */
    codeOf: async (of: Registration): Promise<string> => {
      const change = await changeOf(of);
      if (change === undefined) throw new Error('no code was mailed');
      return addressCodeOf(of, change, secrets);
    },
    ask: (of: Registration, code: string, email: string, more: [string, string][] = []) =>
      post(of, [['action', 'write'], ['code', code], ['email', email], ...more]),
    confirmToken: async (of: Registration) => linkTo(of, (await changeOf(of))?.asked?.link),
    undoToken: async (of: Registration) => linkTo(of, (await changeOf(of))?.changed?.undo),
    open: (token: string) => call('showAddressLink', { params: { token } }),
    press: (token: string, action: 'confirm' | 'undo') =>
      call('postAddressLink', { params: { token }, ...postForm([['action', action]]) }),
  };
}

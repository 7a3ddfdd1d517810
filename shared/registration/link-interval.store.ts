import type { AddressLock } from './lock-item.store.ts';

/** Milliseconds between two mails with the link: whoever knows an address must not be able to fill its inbox. */
const LINK_INTERVAL = 30 * 60 * 1000;

export const isLinkDue = ({ linkAt }: Pick<AddressLock, 'linkAt'>, now: Date): boolean =>
  linkAt === undefined || now.getTime() - Date.parse(linkAt) >= LINK_INTERVAL;

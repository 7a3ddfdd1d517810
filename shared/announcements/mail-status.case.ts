import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { MAIL_ROUTES } from '../mail/account/mail-account.routes.ts';
import { mailTroubles, sesAccountPage } from '../mail/account/mail-account.ts';
import type { MailAccount } from '../mail/limits/sending.schema.ts';
import type { Permitted } from '../team/role/permitted.case.ts';

type Deps = Needs<'mailAccount' | 'system'>;

/** The account as housekeeping saw it last, and how many messages wait now. */
export const getMailStatus =
  ({ mailAccount, system }: Deps): Permitted<typeof MAIL_ROUTES.getMailStatus> =>
  async () => {
    const [account, waiting] = await Promise.all([mailAccount.readAccount(), mailAccount.countWaiting()]);
    return json(200, { waiting, account: account && shown(account, system.now()) });
  };

const shown = ({ region, ...account }: MailAccount, now: Date) => ({
  ...account,
  troubles: mailTroubles({ ...account, region }, now),
  page: sesAccountPage(region),
});

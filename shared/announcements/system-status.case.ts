import { costSoFar, PRICES_OF } from '../kernel/cost.ts';
import { isRestorable } from '../kernel/dynamo/backups.store.ts';
import { BACKED_UP } from '../kernel/dynamo/tables.ts';
import { transact } from '../kernel/dynamo/transact.store.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { MAIL_ROUTES } from '../mail/account/mail-account.routes.ts';
import { mailTroubles, sesAccountPage } from '../mail/account/mail-account.ts';
import type { MailAccount } from '../mail/limits/sending.schema.ts';
import { deleteMailHold } from '../mail/outbox/mail-hold.store.ts';
import { audited } from '../team/audit/audited.case.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { definitionOf } from '../team/role/within-reach.case.ts';

type Deps = Needs<'mailAccount' | 'mailHold' | 'system'>;

/** The account as housekeeping saw it last, and how many messages wait now. */
export const getMailStatus =
  ({ mailAccount, mailHold, system }: Deps): Permitted<typeof MAIL_ROUTES.getMailStatus> =>
  async () => {
    const [account, waiting, held] = await Promise.all([
      mailAccount.readAccount(),
      mailAccount.countWaiting(),
      mailHold.read(),
    ]);
    return json(200, { waiting, held, account: account && shown(account, system.now()) });
  };

const shown = ({ region, ...account }: MailAccount, now: Date) => ({
  ...account,
  troubles: mailTroubles({ ...account, region }, now),
  page: sesAccountPage(region),
});

/** What waits leaves within a minute, each mail written from what is known by then. One press is for all events, and is noted in that of the owner. */
export const releaseMail =
  (
    deps: Needs<'auditTable' | 'client' | 'events' | 'registry' | 'system'>,
  ): Permitted<typeof MAIL_ROUTES.releaseMail> =>
  async ({ params: { eventId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const writes = [deleteMailHold(deps.registry), audited(deps, event, caller, 'release-mail')];
    const refused = await transact(deps.client, writes, deps.system);
    return json(200, { status: refused.length === 0 ? 'released' : 'not-held' });
  };

/** What owners are told of the system: what was counted of the event with what that costs, and whether tables can be brought back. */
export const getSystemStatus =
  ({
    backups,
    readFigures,
    system,
  }: Needs<'backups' | 'readFigures' | 'system'>): Permitted<typeof MAIL_ROUTES.getSystemStatus> =>
  async ({ params: { eventId } }) => {
    const [figures, looked] = await Promise.all([readFigures(eventId), backups.read()]);
    return json(200, {
      cost: figures && {
        ...figures,
        ...costSoFar(figures, new Date(figures.since), system.now()),
        pricesOf: PRICES_OF,
      },
      backups: looked && {
        readAt: looked.readAt,
        tables: BACKED_UP.map((table) => {
          // Of one that DynamoDB said nothing of, an alarm rings as of one that cannot be brought back.
          const said = looked.tables.find((each) => each.table === table) ?? { table };
          return { ...said, restorable: isRestorable(said, Date.parse(looked.readAt)) };
        }),
      },
    });
  };

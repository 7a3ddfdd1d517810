import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isUnreached } from '../../mail/fate/mail-state.ts';
import { noteRead } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { eventOf, isVisible } from '../../team/role/within-reach.case.ts';
import { isOverdue } from '../decide/approval.ts';
import { inOrder, isBehind, placeIn } from './registration-order.ts';
import { rowOf } from './registration-view.ts';
import { countByStatus, matcher } from './search.ts';

type Deps = Needs<'auditTable' | 'events' | 'listRegistrations' | 'registrations' | 'system' | 'write'>;

const PAGE = 50;

/** A page of what the caller may see. That children are listed is noted. */
export const listRegistrations =
  (deps: Deps): Permitted<'listRegistrations'> =>
  async (
    { params: { eventId }, query: { status, overdue, unreached, order = 'newest', cursor, ...filter }, language },
    caller,
  ) => {
    const [event, all] = await Promise.all([eventOf(deps, eventId, language), deps.listRegistrations(eventId)]);
    const visible = all.filter((each) => isVisible(caller, each, event)).filter(matcher(event, filter));
    const late = new Set(visible.filter((each) => isOverdue(event, each, deps.system.now())));
    const wanted = inOrder(order, (overdue ? [...late] : visible).filter(matcher(event, { status, unreached })));
    const rest =
      cursor === undefined ? wanted : wanted.filter((each) => isBehind(order, placeIn(order, each), read(cursor)));
    const shown = rest.slice(0, PAGE);
    if (shown.some(({ ageBand }) => ageBand === 'minor')) await noteRead(deps, event, caller, 'list-minors');
    const last = shown.at(-1);
    return json(200, {
      registrations: shown.map((each) => ({ ...rowOf(event, each), overdue: late.has(each) })),
      total: wanted.length,
      byStatus: countByStatus(visible),
      overdue: late.size,
      unreached: visible.filter(isUnreached).length,
      ...(last && rest.length > PAGE && { next: Buffer.from(placeIn(order, last)).toString('base64url') }),
    });
  };

const read = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();

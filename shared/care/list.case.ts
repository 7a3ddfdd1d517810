import { asHeld } from '../event/event-standing.ts';
import { json } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { compareNames } from '../kernel/text/text-order.ts';
import { audited } from '../team/audit/audited.case.ts';
import type { Permitted } from '../team/role/permitted.case.ts';
import { hasPlace } from './care-counts.ts';
import { hasOwnNeed } from './care-needs.ts';
import { mayKnow, requireEvent } from './event.case.ts';
import { teamNames } from './team-names.case.ts';

type Deps = Needs<'auditTable' | 'careNeeds' | 'events' | 'listRegistrations' | 'roles' | 'system' | 'write'>;

/**
 * What is to be arranged for whom, of everyone who has a place: first what is not arranged yet. That someone looked is
 * noted, also that they saw children, or they do not see it (CS14, CS15).
 */
export const listNeeds =
  (deps: Deps): Permitted<'listNeeds'> =>
  async (request, caller) => {
    const event = await requireEvent(deps, request);
    const [all, kept] = await Promise.all([deps.listRegistrations(event.id), deps.careNeeds.list(event.id)]);
    const people = new Map(all.filter(hasPlace).map((each) => [each.reference, each]));
    const wanted = kept.flatMap((needs) => {
      const registration = people.get(needs.reference);
      return registration && hasOwnNeed(event, needs) ? [{ needs, registration }] : [];
    });
    const shown = wanted.filter(({ registration }) => mayKnow(caller, registration, event));
    const hasMinors = shown.some(({ registration }) => registration.ageBand === 'minor');
    await deps.write([
      audited(deps, event, caller, 'list-needs'),
      ...(hasMinors ? [audited(deps, event, caller, 'list-minors')] : []),
    ]);
    const nameOf = await teamNames(
      deps,
      event.id,
      shown.flatMap(({ needs: { arranged } }) => arranged?.by ?? []),
    );
    const rows = shown.map(({ registration, needs: { arranged, reference, answers, edition, sentAt } }) => ({
      reference,
      fullName: registration.fullName,
      mode: asHeld(event, registration).mode,
      days: registration.days,
      ageBand: registration.ageBand,
      answers,
      edition,
      sentAt,
      ...(arranged && { arranged: { at: arranged.at, by: nameOf(arranged.by) } }),
    }));
    return json(200, { needs: rows.sort(openFirst), hidden: wanted.length - shown.length });
  };

interface Row {
  readonly fullName: string;
  readonly arranged?: object;
}

const openFirst = (a: Row, b: Row): number =>
  Number(a.arranged !== undefined) - Number(b.arranged !== undefined) || compareNames(a.fullName, b.fullName);

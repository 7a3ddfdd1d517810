import { isDeepStrictEqual } from 'node:util';
import { mayReadAnswers } from '../../event/answer-readers.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FieldIssue } from '../../kernel/text/field-problem.ts';
import { newMessage } from '../../mail/outbox/new-items.store.ts';
import { endedTies, losesVetting, minorsOf, withoutEndedTies } from '../../minors/chaperone/chaperone.ts';
import { poolName, poolsFor } from '../../seats/quota.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { mayDecideOn, reaches } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { leftOpen } from '../apply/still-to-answer.ts';
import { organiserView } from '../list/registration-view.ts';
import type { ORGANISER_REGISTRATION_ROUTES } from '../list/registrations.routes.ts';
import type { Registration } from '../registration.schema.ts';
import { formerStanding } from './amendment.ts';
import { changeRegistration, type Situation } from './change-registration.case.ts';
import type { AmendmentOutcome, MemberAmendment } from './member-amendment.schema.ts';
import { amendableEvent, merged, planAmendment } from './plan-amendment.case.ts';

/*
 * A member changes what a registration says, for its holder who calls: by the rules and quotas of their own change. What differs is that
 * nobody else has to approve what is changed by one who may, that no consent is given, and that answers stay which the member does not read.
 */

type Deps = Needs<'auditTable' | 'changes' | 'counters' | 'events' | 'registrations' | 'system' | 'write'>;
type Rules = EventDefinition<string>;
type Sent = Omit<MemberAmendment, 'revision' | 'tell' | 'promised'>;

/** What a change would do, to seats above all: nothing is written. */
export const previewAmendment =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.previewAmendment> =>
  async (request, caller) => {
    const { revision, ...sent } = request.body;
    const { registration: before, event } = await ownRegistration(deps, request, caller);
    requireRevision(before, revision);
    const plan = planFor(deps, event, caller, sent);
    const at = { before, counters: new Map(), lock: undefined, invitation: false };
    const likely = plan(at)?.after;
    if (likely === undefined) {
      return json(200, { outcome: outcomeOf(before, before, sent), changes: false, toldAnyway: false });
    }
    const after = plan({ ...at, counters: await countersFor(deps, event, likely) })?.after ?? before;
    return json(200, {
      outcome: outcomeOf(before, after, sent),
      changes: true,
      toldAnyway: isToldAnyway(before, after),
    });
  };

/**
 * Changes it, where that still does what the preview said: else nothing is changed, and what it would do is to be looked at anew. Not telling
 * is noted as such.
 */
export const amendPerson =
  (deps: Deps): Permitted<typeof ORGANISER_REGISTRATION_ROUTES.amendPerson> =>
  async (request, caller) => {
    const { revision, tell, promised, ...sent } = request.body;
    const { registration, event } = await ownRegistration(deps, request, caller);
    const plan = planFor(deps, event, caller, sent);
    const after = await changeRegistration(deps, event, registration, caller, async (situation) => {
      const { before } = situation;
      requireReach(caller, before);
      if (before.revision !== revision && isSaid(() => plan(situation))) return undefined;
      requireRevision(before, revision);
      let planned = plan(situation);
      if (planned === undefined) return undefined;
      const isPromised = (next: Registration) => isDeepStrictEqual(outcomeOf(before, next, sent), promised);
      if (!isPromised(planned.after)) {
        // A seat is taken to be there until a counter says otherwise: who was promised to wait is known by it alone.
        const counters = new Map([...situation.counters, ...(await countersFor(deps, event, planned.after))]);
        planned = plan({ ...situation, counters }) ?? planned;
        if (!isPromised(planned.after)) throw new ProblemError('preview-differs');
      }
      const isTold = (tell || isToldAnyway(before, planned.after)) && planned.after.email !== '';
      const message = { ...newMessage(deps.system, 'updated', planned.after), byOrganisers: true } as const;
      return {
        ...planned,
        messages: isTold ? [{ ...message, former: formerStanding(event, before) }] : [],
        also: [audited(deps, event, caller, isTold ? 'amend' : 'amend-untold', before)],
      };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

function requireRevision(before: Registration, revision: number): void {
  if (before.revision !== revision) throw new ProblemError('changed-meanwhile', { status: before.status });
}

/** Whether it says already what was sent: the answer to the same request was lost. */
function isSaid(plan: () => object | undefined): boolean {
  try {
    return plan() === undefined;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** A place that becomes another is a decision, which people are told of always. */
const isToldAnyway = (before: Registration, after: Registration): boolean => before.status !== after.status;

const planFor = (deps: Needs<'system'>, event: Rules, caller: Caller, sent: Sent) => (situation: Situation) => {
  const { before } = situation;
  const { withdrawn = [], ...amendment } = sent;
  const planned = planAmendment(deps, event, situation, (held, asked) => merged(held, asked, amendment), {
    asked: askedBy(caller, amendableEvent(event, before), before),
    consents: consentsWithout(withdrawn, event, before),
    decidesOn: (after) => mayDecideOn(caller.grants, before) && mayDecideOn(caller.grants, after),
  });
  if (planned !== undefined) requireReachAfter(caller, before, planned.after);
  return planned;
};

/** An event as a member asks it for someone: what was left open before, they may leave open again. */
function askedBy({ grants }: Caller, event: Rules, person: Registration): Rules {
  const open = leftOpen(event, person);
  const asked = event.questions.filter((question) => mayReadAnswers(grants, question, person));
  const questions = asked.map((each) => (open.includes(each.id) ? { ...each, required: false } : each));
  return { ...event, questions, consents: [] };
}

/** @throws InvalidInputError for one that there is not, or that attendance depends on */
function consentsWithout(withdrawn: readonly string[], event: Rules, { consents }: Registration) {
  const issues = withdrawn.flatMap((id): FieldIssue[] => {
    const consent = event.consents.find((each) => each.id === id);
    if (consent === undefined) return [{ path: 'withdrawn', code: 'unknown-option' }];
    return consent.required ? [{ path: 'withdrawn', code: 'not-accepted' }] : [];
  });
  if (issues.length > 0) throw new InvalidInputError(issues);
  return Object.fromEntries(Object.entries(consents).filter(([id]) => !withdrawn.includes(id)));
}

/** What says whose a person is to decide on. */
const BELONGS_BY = ['organisation', 'country', 'category'] as const;

/** @throws InvalidInputError where they would be others' people: nobody gives away whom they look after, or hands them over unseen */
function requireReachAfter({ grants, ticks }: Caller, before: Registration, after: Registration): void {
  if (reaches(grants, ticks, after)) return;
  const moved = BELONGS_BY.filter((field) => before[field] !== after[field]);
  throw new InvalidInputError(moved.map((path) => ({ path, code: 'beyond-reach' })));
}

/** Counters of whatever they may need a seat in, also to take part online while they wait for the room. */
function countersFor({ counters }: Deps, event: Rules, after: Registration) {
  const pools = [...poolsFor(event, after), ...poolsFor(event, { ...after, mode: 'online' })];
  return counters.readPools(event, [...new Map(pools.map((pool) => [poolName(pool), pool])).values()]);
}

function outcomeOf(before: Registration, after: Registration, sent: Sent): AmendmentOutcome {
  const { answers = {} } = sent;
  const [had, has] = [before, after].map(({ seats }) => new Map(seats.map((seat) => [poolName(seat), seat])));
  const pools = new Map([...(had ?? []), ...(has ?? [])]);
  const isGone = (id: string) => after.answers[id] === undefined && answers[id] === undefined;
  return {
    status: after.status,
    ...(after.waiting?.meanwhile && { meanwhile: after.waiting.meanwhile }),
    seats: [...pools].map(([name, { quota }]) => {
      const [was, is] = [had?.get(name)?.state, has?.get(name)?.state];
      return { quota, ...(was && { was }), ...(is && { is }) };
    }),
    dropped: Object.keys(before.answers).filter(isGone),
    ...goneWithout('days', before, after, sent),
    ...goneWithout('sessions', before, after, sent),
    ...chaperoneOutcome(before, after),
  };
}

/** What they chose and lose, unless it was taken away by name. */
function goneWithout(name: 'days' | 'sessions', before: Registration, after: Registration, sent: Sent) {
  const gone = before[name].filter((id) => !after[name].includes(id) && (sent[name]?.includes(id) ?? true));
  return gone.length > 0 && { [name]: gone };
}

function chaperoneOutcome(before: Registration, after: Registration): Pick<AmendmentOutcome, 'chaperone'> {
  const left = withoutEndedTies(before, after);
  const { minors, adult } = endedTies(before, left);
  if (minors.length > 0 || adult !== undefined || (before.chaperoning && !left.chaperoning))
    return { chaperone: 'ends' };
  if (losesVetting(before, after)) return { chaperone: 'vetting-ends' };
  const isAway = minorsOf(left).length > 0 && before.days.some((day) => !after.days.includes(day));
  return isAway ? { chaperone: 'days' } : {};
}

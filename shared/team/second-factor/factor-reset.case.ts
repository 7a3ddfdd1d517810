import type { EventDefinition } from '../../event/event.ts';
import { transact } from '../../kernel/dynamo/transact.store.ts';
import { BusyError, InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { logger } from '../../kernel/log.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { parseEmailAddress } from '../../kernel/text/email-address.ts';
import { audited } from '../audit/audited.case.ts';
import { rolesReply, todayAt } from '../role/list-roles.case.ts';
import type { FactorReset } from '../role/organiser-role.schema.ts';
import { hasEnded } from '../role/organiser-role.ts';
import type { Caller, Permitted } from '../role/permitted.case.ts';
import { checkMember, deleteRoles, type Member, putMember } from '../role/role.store.ts';
import type { Team } from '../role/role-rule.ts';
import { tellElsewhere, tellOfReset } from '../role/tell-team.case.ts';
import { definitionOf } from '../role/within-reach.case.ts';
import { type Account, type Accounts, answersElsewhere, type Elsewhere } from './accounts.case.ts';
import { factorResetOpen, keptOfReset, mayProposeReset, mayTakeResetBack, resetOutcome } from './factor-reset.ts';
import type { FACTOR_RESET_ROUTES } from './factor-resets.routes.ts';

type FactorResetDeps = Needs<
  | 'accounts'
  | 'auditTable'
  | 'events'
  | 'invitations'
  | 'issuer'
  | 'listEvents'
  | 'outboxTable'
  | 'registry'
  | 'roles'
  | 'system'
  | 'writeIfUnchanged'
>;

/*
 * A lost second factor, in two steps of two people: one organiser proposes that it is reset, another accepts it, and then it
 * is. Each step is noted; everyone whom it concerns is mailed at each.
 *
 *   proposed      account found, noted, mailed
 *   accepted      noted, while everyone still is as they were read; then reset at the provider; then done, noted, mailed
 *
 * A crash after the acceptance leaves the proposal as it was: pressing again resets once more, which changes nothing.
 */

/** Each lost race means that the team changed meanwhile. */
const MOST_ATTEMPTS = 5;

/** Twice is a success twice: what is open stays as it is, and nobody is mailed again. */
export const proposeFactorReset =
  (deps: FactorResetDeps): Permitted<typeof FACTOR_RESET_ROUTES.proposeFactorReset> =>
  async ({ params: { eventId, memberId }, body: { email, reason }, language }, caller) => {
    if (memberId === caller.id) throw new ProblemError('own-factor');
    const typed = email === undefined ? undefined : addressOf(email);
    const event = await definitionOf(deps, eventId, language);
    const accounts = ownAccounts(deps);
    const table = deps.registry;
    const elsewhere = await answersElsewhere(deps, eventId, memberId);
    let account: Account | undefined;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const { team, members, now } = await teamOf(deps, event);
      const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
      if (target === undefined) return rolesReply(deps, event, caller);
      if (by === undefined || !mayProposeReset(team, target, by)) throw new ProblemError('not-second-person');
      if (factorResetOpen(team, target, now) !== undefined) return rolesReply(deps, event, caller);
      const address = typed ?? target.email;
      account ??= address === undefined ? undefined : await accounts.find(memberId, { email: address });
      if (account === undefined) throw new ProblemError('account-unknown');
      const factorReset: FactorReset = {
        ...{ by: by.id, at: now.toISOString(), reason, subject: account.subject },
        ...(elsewhere.length > 0 && { elsewhere: toldOf(elsewhere, now) }),
      };
      const writes = [
        ...putMember(table, eventId, target, withReset(target, factorReset)),
        checkMember(table, eventId, by),
        audited(deps, event, caller, 'propose-factor-reset', memberId, saidOf(target)),
        ...tellOfReset(deps, event, 'factor-reset-proposed', {
          ...{ target, team: members, address: account.email, elsewhere },
        }),
      ];
      if (await deps.writeIfUnchanged(writes)) return rolesReply(deps, event, caller);
    }
    throw new BusyError();
  };

/** What is kept of those told elsewhere. */
const toldOf = (elsewhere: readonly Elsewhere[], now: Date) => ({
  events: elsewhere.map(({ event }) => event.id),
  at: now.toISOString(),
});

/** Twice is a success twice. */
export const withdrawFactorReset =
  (deps: FactorResetDeps): Permitted<typeof FACTOR_RESET_ROUTES.withdrawFactorReset> =>
  async ({ params: { eventId, memberId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const { team, members, now } = await teamOf(deps, event);
      const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
      if (target === undefined || factorResetOpen(team, target, now) === undefined) {
        return rolesReply(deps, event, caller);
      }
      if (by === undefined || !mayTakeResetBack(team, target, by, now)) throw new ProblemError('not-permitted');
      const writes = [
        ...putMember(deps.registry, eventId, target, withReset(target, undefined)),
        audited(deps, event, caller, 'withdraw-factor-reset', memberId, saidOf(target)),
      ];
      if (await deps.writeIfUnchanged(writes)) return rolesReply(deps, event, caller);
    }
    throw new BusyError();
  };

/** Twice is a success twice. */
export const acceptFactorReset =
  (deps: FactorResetDeps): Permitted<typeof FACTOR_RESET_ROUTES.acceptFactorReset> =>
  async ({ params: { eventId, memberId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const accounts = ownAccounts(deps);
    const elsewhere = await answersElsewhere(deps, eventId, memberId);
    const accepted = await noteAcceptance(deps, event, memberId, caller, elsewhere);
    if (accepted === undefined) return rolesReply(deps, event, caller);
    const { subject } = accepted;
    const account = subject === undefined ? undefined : await accounts.find(memberId, { subject });
    if (account === undefined || !(await accounts.resetFactor(account))) throw new ProblemError('account-unknown');
    await noteReset(deps, event, memberId, caller, { accepted, account, elsewhere });
    return rolesReply(deps, event, caller);
  };

/**
 * An acceptance is noted before it takes effect, and while nobody took it back: where it cannot be noted, it takes none. Those of another
 * event where the member began to answer for children since it was proposed are told first, and have their hour.
 *
 * @returns what they accept; nothing where they did already
 * @throws ProblemError `not-second-person`, `factor-reset-later`
 */
async function noteAcceptance(
  deps: FactorResetDeps,
  event: EventDefinition<string>,
  memberId: string,
  caller: Caller,
  elsewhere: readonly Elsewhere[],
): Promise<FactorReset | undefined> {
  const table = deps.registry;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const { team, members, now } = await teamOf(deps, event);
    const [target, by] = [memberId, caller.id].map((wanted) => members.find(({ id }) => id === wanted));
    if (target?.factorReset?.done?.by === caller.id) return undefined;
    const open = target && factorResetOpen(team, target, now);
    const outcome = target === undefined || by === undefined ? 'refused' : resetOutcome(team, target, by, now);
    if (target === undefined || by === undefined || open === undefined || outcome === 'refused')
      throw new ProblemError('not-second-person');
    const { events: told = [] } = open.elsewhere ?? {};
    const untold = elsewhere.filter((each) => !told.includes(each.event.id));
    if (untold.length > 0) {
      const all = toldOf(untold, now);
      const after = { ...open, elsewhere: { ...all, events: [...told, ...all.events] } };
      await deps.writeIfUnchanged([
        ...putMember(table, event.id, target, withReset(target, after)),
        checkMember(table, event.id, by),
        ...tellElsewhere(deps, event, 'factor-reset-proposed', { target, team: members, elsewhere: untold }),
      ]);
      continue;
    }
    if (outcome === 'later') throw new ProblemError('factor-reset-later');
    const still = members.filter(({ id }) => id === memberId || id === caller.id || id === open.by);
    const noted = audited(deps, event, caller, 'accept-factor-reset', memberId, saidOf(target));
    const checks = still.map((each) => checkMember(table, event.id, each));
    if (await deps.writeIfUnchanged([...checks, noted])) return open;
  }
  throw new BusyError();
}

interface Accepted {
  readonly accepted: FactorReset;
  readonly account: Account;
  readonly elsewhere: readonly Elsewhere[];
}

/** Whatever became of the member or of the proposal meanwhile, everyone is told that it happened. */
async function noteReset(
  deps: FactorResetDeps,
  event: EventDefinition<string>,
  memberId: string,
  caller: Caller,
  { accepted, account, elsewhere }: Accepted,
): Promise<void> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const { members, now } = await teamOf(deps, event);
    const target = members.find(({ id }) => id === memberId);
    // Only one of two who accept it at once says so.
    if (target?.factorReset?.at === accepted.at && target.factorReset.done !== undefined) return;
    // Their roles were taken back meanwhile: what is left to say is who did it.
    const whom = target ?? { id: memberId, grants: [] };
    const { subject: _, elsewhere: __, ...rest } = accepted;
    const done = { ...rest, done: { by: caller.id, at: now.toISOString() } };
    const writes = [
      ...(target === undefined ? [] : putMember(deps.registry, event.id, target, withReset(target, done))),
      audited(deps, event, caller, 'reset-factor', memberId, saidOf(whom)),
      ...tellOfReset(deps, event, 'factor-reset-done', {
        ...{ target: whom, team: members, address: account.email, elsewhere },
      }),
    ];
    if (await deps.writeIfUnchanged(writes)) return;
  }
  throw new BusyError();
}

/** @throws ProblemError `factor-elsewhere` where the organisation's own provider keeps the accounts */
function ownAccounts({ accounts }: FactorResetDeps): Accounts {
  if (accounts === undefined) throw new ProblemError('factor-elsewhere');
  return accounts;
}

async function teamOf(deps: FactorResetDeps, event: EventDefinition<string>) {
  const members = await deps.roles.list(event.id);
  const team: Team = { members, today: todayAt(deps, event) };
  return { team, members, now: deps.system.now() };
}

const withReset = (member: Member, factorReset: FactorReset | undefined): Member => ({
  ...member,
  factorReset,
  revision: member.revision + 1,
});

const saidOf = ({ grants, label }: Pick<Member, 'grants' | 'label'>) => ({ grants, label });

function addressOf(typed: string): string {
  const checked = parseEmailAddress(typed);
  if ('issue' in checked) throw new InvalidInputError([{ path: 'email', ...checked.issue }]);
  return checked.value;
}

type ForgetResetsDeps = Needs<'client' | 'digestWriter' | 'registry' | 'roles' | 'system'>;

/** Milliseconds for which a grant past its end is shown to owners, to be prolonged. */
const ENDED_SHOWN = 30 * 24 * 60 * 60 * 1000;

/**
 * Forgets grants that ended a month ago, and why second factors were to be reset, a day after nobody waits any more. A member who just
 * changed is looked at the next time.
 */
export async function forgetResets(deps: ForgetResetsDeps): Promise<void> {
  for (const eventId of await deps.digestWriter.events()) {
    try {
      await forgetIn(deps, eventId);
    } catch (error) {
      logger.error('resets not forgotten', { error, eventId });
    }
  }
}

async function forgetIn({ client, registry, roles, system }: ForgetResetsDeps, eventId: string): Promise<void> {
  const now = system.now();
  for (const member of await roles.list(eventId)) {
    const { ended, factorReset, grants, revision } = member;
    const kept = factorReset && keptOfReset(factorReset, now);
    const shown = ended?.filter((grant) => !hasEnded(grant, new Date(now.getTime() - ENDED_SHOWN)));
    const isUnchanged = kept === factorReset && shown?.length === ended?.length;
    if (isUnchanged) continue;
    const isNobody = grants.length === 0 && shown?.length === 0;
    const after = { ...member, factorReset: kept, ended: shown, revision: revision + 1 };
    const writes = isNobody ? deleteRoles(registry, eventId, member) : putMember(registry, eventId, member, after);
    await transact(client, writes, system);
  }
}

import type { Quota } from '../event/event.ts';
import { localise } from '../event/event-texts.ts';
import { lastDay } from '../event/event-times.ts';
import { changeDefinition, storedEvent } from '../event/programme/change-definition.case.ts';
import type { PROGRAMME_ROUTES } from '../event/programme/programme.routes.ts';
import type { QuotaGroup } from '../event/programme/programme.schema.ts';
import { ProblemError } from '../kernel/errors.ts';
import { json, type Reply } from '../kernel/http/reply.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { organisationGroup } from '../kernel/text/text.ts';
import type { IndexedRow } from '../registration/people/person.ts';
import { maySee } from '../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../team/role/permitted.case.ts';

type Deps = Needs<'auditTable' | 'counters' | 'knownPeople' | 'publishing' | 'system'>;

export const getQuotas =
  (deps: Deps): Permitted<typeof PROGRAMME_ROUTES.getQuotas> =>
  ({ params: { eventId }, language }, caller) =>
    quotasReply(deps, eventId, language, caller);

/** Definition and counters change together; a capacity below what is taken takes no seat away. */
export const changeCapacity =
  (deps: Deps): Permitted<typeof PROGRAMME_ROUTES.changeCapacity> =>
  async ({ params: { eventId, quotaId }, body: { version, capacity }, language }, caller) => {
    await changeDefinition(deps, {
      eventId,
      version,
      caller,
      language,
      action: 'change-capacity',
      about: quotaId,
      edit: (before) => ({ ...before, quotas: withCapacity(before.quotas, quotaId, capacity) }),
      pathOf: (path) => String(path.at(-1)),
    });
    return quotasReply(deps, eventId, language, caller);
  };

function withCapacity<Text>(quotas: readonly Quota<Text>[], id: string, capacity: number): readonly Quota<Text>[] {
  if (!quotas.some((quota) => quota.id === id)) throw new ProblemError('not-found');
  return quotas.map((quota) => (quota.id === id ? { ...quota, capacity } : quota));
}

async function quotasReply(deps: Deps, eventId: string, language: string, { grants }: Caller): Promise<Reply> {
  const { rules, texts, version } = await storedEvent(deps, eventId);
  const event = localise(rules, texts[language] ?? texts[rules.languages[0] ?? ''] ?? {});
  const hasGroups = event.quotas.some(({ per }) => per !== undefined);
  const [counters, known] = await Promise.all([
    deps.counters.read(event, true),
    hasGroups ? deps.knownPeople(event) : undefined,
  ]);
  const everyone = known === undefined ? [] : [...known.people.values(), ...known.minors.values()];
  const seen = new Set(everyone.filter((each) => maySee(grants, each, lastDay(event))));
  const quotas = event.quotas.map((quota) => {
    const { id, title, capacity, per } = quota;
    const groups = per && groupsOf(quota, everyone, seen);
    const taken = sum((groups ?? counters.get(id) ?? []).map((each) => each.taken));
    const waiting = sum((groups ?? counters.get(id) ?? []).map((each) => each.waiting));
    const overfull = groups ? groups.some((group) => group.overfull) : taken > capacity;
    return { id, title, capacity, ...(per && { per }), taken, waiting, overfull, ...(groups && { groups }) };
  });
  return json(200, { version, quotas });
}

/**
 * Each organisation or country has counters in partitions of their own, which nothing lists: they are counted from the
 * seats that people hold by the index, which come to the same.
 *
 * @param seen those whom the caller may see: the others are counted, and lend no group their name (CS13)
 */
function groupsOf(
  { id, per, capacity }: Quota<string>,
  everyone: readonly IndexedRow[],
  seen: ReadonlySet<IndexedRow>,
): readonly QuotaGroup[] {
  const groups = new Map<string, QuotaGroup>();
  for (const person of everyone) {
    const seat = person.seats.find(({ quota }) => quota === id);
    const of = person.groups?.[id];
    if (seat === undefined || of === undefined) continue;
    const { country, organisation } = person;
    const name = per === 'country' ? country : organisationGroup(organisation) === of ? organisation : of;
    const group = groups.get(of) ?? { name: '', taken: 0, waiting: 0, overfull: false };
    if (group.name === '' && seen.has(person)) group.name = name;
    group[seat.state] += 1;
    group.overfull = group.taken > capacity;
    groups.set(of, group);
  }
  return [...groups.values()].sort((a, b) => b.taken + b.waiting - a.taken - a.waiting);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

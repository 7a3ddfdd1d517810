import type { EventDefinition } from '../../event/event.ts';
import { retentionEnd } from '../../event/event-times.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { cleanText } from '../../kernel/text/text.ts';
import { newJob } from '../../mail/outbox/new-items.store.ts';
import { type Job, putJob } from '../../mail/outbox/outbox-items.store.ts';
import { audited } from '../../team/audit/audited.case.ts';
import type { Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf, ownRegistration, requireReach } from '../../team/role/within-reach.case.ts';
import { changeRegistration, type PlannedChange } from '../change/change-registration.case.ts';
import { organiserView } from '../list/registration-view.ts';
import type { Registration } from '../registration.schema.ts';
import { changed } from '../registration-state.store.ts';
import type { TAG_ROUTES } from './tags.routes.ts';
import type { Tag, Tags } from './tags.schema.ts';
import { requireTags } from './tags.store.ts';
import { LONGEST_TAG, MOST_TAGS, retagged, tagIdentity } from './tags.ts';

type ListDeps = Needs<'auditTable' | 'events' | 'outboxTable' | 'registrations' | 'system' | 'tags' | 'write'>;

export const listTags =
  (deps: ListDeps): Permitted<typeof TAG_ROUTES.listTags> =>
  async ({ params: { eventId }, language }) => {
    await definitionOf(deps, eventId, language);
    const { tags } = await deps.tags.read(eventId);
    return json(200, { tags: [...tags] });
  };

/** Two owners who write at once both find what they wrote, but where that is the same tag. */
export const writeTag =
  (deps: ListDeps): Permitted<typeof TAG_ROUTES.writeTag> =>
  async ({ params: { eventId, tagId: id }, body, language }, caller) => {
    const words = checkedWords(body);
    const event = await definitionOf(deps, eventId, language);
    return rewrite(deps, event, ({ tags, removed = [] }) => {
      if (removed.includes(id)) throw new InvalidInputError([doesNotFit('name', unfit('tag-removed'))]);
      const before = tags.find((tag) => tag.id === id);
      if (before?.name === words.name && before.purpose === words.purpose) return undefined;
      requireFit(tags, { id, ...words });
      const after = before ? tags.map((tag) => (tag.id === id ? { id, ...words } : tag)) : [...tags, { id, ...words }];
      return { after: { tags: after, removed }, also: [audited(deps, event, caller, 'write-tag', id)] };
    });
  };

/** Ids that are remembered of removed tags: no form stays open while as many are. */
const MOST_REMOVED = 100;

/** People lose it in the background: they may be thousands. */
export const removeTag =
  (deps: ListDeps): Permitted<typeof TAG_ROUTES.removeTag> =>
  async ({ params: { eventId, tagId: id }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    return rewrite(deps, event, ({ tags, removed = [] }) => {
      if (!tags.some((tag) => tag.id === id)) return undefined;
      const job = newJob(deps.system, 'drop-tag', eventId, { reference: id });
      return {
        after: { tags: tags.filter((tag) => tag.id !== id), removed: [...removed, id].slice(-MOST_REMOVED) },
        also: [audited(deps, event, caller, 'remove-tag', id), putJob(deps.outboxTable, job, retentionEnd(event))],
      };
    });
  };

type Write = Parameters<ListDeps['tags']['write']>;
type NewList = { readonly after: Write[2]; readonly also: Write[3] } | undefined;

const rewrite = (deps: ListDeps, { id }: EventDefinition<string>, decide: (before: Tags) => NewList) =>
  untilWritten(deps.system, async () => {
    const before = await deps.tags.read(id);
    const decided = decide(before);
    if (decided === undefined) return json(200, { tags: [...before.tags] });
    const isWritten = await deps.tags.write(id, before, decided.after, decided.also);
    return isWritten ? json(200, { tags: [...decided.after.tags] }) : undefined;
  });

/** @throws InvalidInputError of a name or purpose that is blank, too long or no text of one line */
function checkedWords(typed: Pick<Tag, 'name' | 'purpose'>): Pick<Tag, 'name' | 'purpose'> {
  const issues: FieldIssue[] = [];
  const clean = (path: 'name' | 'purpose'): string => {
    const checked = cleanText(typed[path], { max: LONGEST_TAG[path] });
    if ('issue' in checked) issues.push({ path, ...checked.issue });
    else if (checked.value === '') issues.push({ path, code: 'required' });
    return 'issue' in checked ? '' : checked.value;
  };
  const words = { name: clean('name'), purpose: clean('purpose') };
  if (issues.length > 0) throw new InvalidInputError(issues);
  return words;
}

/** @throws InvalidInputError where another tag has the name, or there are enough */
function requireFit(tags: readonly Tag[], { id, name }: Tag): void {
  const others = tags.filter((tag) => tag.id !== id);
  const alike = others.find((tag) => tagIdentity(tag.name) === tagIdentity(name));
  const problem =
    alike !== undefined
      ? unfit('tag-there', { name: alike.name })
      : others.length >= MOST_TAGS
        ? unfit('tags-most', { max: MOST_TAGS })
        : undefined;
  if (problem !== undefined) throw new InvalidInputError([doesNotFit('name', problem)]);
}

type TagDeps = Needs<'registry' | 'system' | 'tags'>;

/**
 * A registration with tags that the event has at this very moment, and without others.
 *
 * @returns nothing where it is so already
 * @throws ProblemError `not-amendable` of someone under 18: they are not sorted
 * @throws InvalidInputError of `set`, where the event has no such tag
 */
export async function planTags(
  deps: TagDeps,
  before: Registration,
  change: { readonly set?: readonly string[]; readonly unset?: readonly string[] },
): Promise<PlannedChange> {
  const { set = [] } = change;
  if (before.ageBand === 'minor') throw new ProblemError('not-amendable');
  const list = await deps.tags.read(before.eventId);
  const known = new Set(list.tags.map(({ id }) => id));
  const unknown = set.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw new InvalidInputError([{ path: `set.${unknown}`, code: 'unknown-option' }]);
  const after = retagged(before.tags, change);
  if (after === undefined) return undefined;
  const also = set.length === 0 ? [] : [requireTags(deps.registry, before.eventId, list)];
  return { after: changed(before, after, deps.system.now()), messages: [], also };
}

/** Nobody is mailed, and what was looked at does not matter: two members who give a person different tags at once give both. */
export const changeTags =
  (
    deps: TagDeps & Needs<'auditTable' | 'changes' | 'events' | 'registrations' | 'write'>,
  ): Permitted<typeof TAG_ROUTES.changeTags> =>
  async (request, caller) => {
    const { registration, event } = await ownRegistration(deps, request, caller);
    const after = await changeRegistration(deps, event, registration, caller, async ({ before }) => {
      requireReach(caller, before);
      const planned = await planTags(deps, before, request.body);
      const note = audited(deps, event, caller, 'tag', before);
      return planned && { ...planned, also: [...(planned.also ?? []), note] };
    });
    return json(200, organiserView(event, after, request.language, caller));
  };

/** Milliseconds after which one run leaves the rest to another: it must end well within the function's 30 seconds. */
const TIME = 15_000;

type DropDeps = Needs<'changes' | 'jobs' | 'people' | 'readRules' | 'registrations' | 'system'>;

/**
 * Takes a tag that was removed from everyone who has it, as registrations say: no index is asked. It goes by the first character of
 * references, and a run that has no time for all leaves the rest to another one, from where it stands.
 *
 * @param places first characters of references, in order
 */
export async function dropTag(
  deps: DropDeps,
  { eventId, reference = '' }: Job,
  places: readonly string[],
): Promise<void> {
  const event = await deps.readRules(eventId);
  if (event === undefined) return;
  const [id = '', from = ''] = reference.split(' ');
  const begun = deps.system.now().getTime();
  const isLate = (): boolean => deps.system.now().getTime() - begun > TIME;
  const leave = (place: string): Promise<void> =>
    deps.jobs.add(newJob(deps.system, 'drop-tag', eventId, { reference: `${id} ${place}` }), retentionEnd(event));
  for (const place of places.filter((each) => each >= from)) {
    // Of many people reading alone takes longer than a run has, also where nobody has the tag.
    if (isLate()) return leave(place);
    for (const read of await deps.people.partition(eventId, place)) {
      if (!read.tags?.includes(id)) continue;
      if (isLate()) return leave(place);
      await changeRegistration(deps, event, read, 'system', ({ before }) => {
        const after = retagged(before.tags, { unset: [id] });
        return after && { after: changed(before, after, deps.system.now()), messages: [] };
      });
    }
  }
}

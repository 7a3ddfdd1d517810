import { isDeepStrictEqual } from 'node:util';
import type { EventDefinition } from '../../event/event.ts';
import { untilWritten } from '../../kernel/dynamo/transact.store.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { cleanedAndGiven } from '../../kernel/text/cleaned.ts';
import { doesNotFit, type FieldIssue, unfit } from '../../kernel/text/field-problem.ts';
import { compareNames } from '../../kernel/text/text.ts';
import type { AuditAction } from '../../team/audit/audit.ts';
import { audited } from '../../team/audit/audited.case.ts';
import { holdsAny } from '../../team/role/organiser-role.ts';
import type { Caller, Permitted } from '../../team/role/permitted.case.ts';
import { definitionOf } from '../../team/role/within-reach.case.ts';
import { tagIdentity } from '../tags/tags.ts';
import type { VIEW_ROUTES } from './views.routes.ts';
import type { View } from './views.schema.ts';
import { LONGEST_VIEW, LONGEST_VIEW_NAME, MOST_VIEWS, type ViewShows, viewFields, withinView } from './views.ts';

type Deps = Needs<'auditTable' | 'events' | 'registrations' | 'system' | 'tags' | 'views' | 'write'>;
type Fields = ReturnType<typeof viewFields>;

export const listViews =
  (deps: Deps): Permitted<typeof VIEW_ROUTES.listViews> =>
  async ({ params: { eventId }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const [{ views }, fields] = await Promise.all([deps.views.read(eventId), fieldsFor(deps, event, caller)]);
    return listed(views, fields, caller);
  };

/** Two members who write at once both find what they wrote: of one view, its name and what it shows are written apart. */
export const writeView =
  (deps: Deps): Permitted<typeof VIEW_ROUTES.writeView> =>
  async ({ params: { eventId, viewId: id }, body, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const fields = await fieldsFor(deps, event, caller);
    const sent = {
      ...(body.name !== undefined && { name: cleanedAndGiven('name', body.name, { max: LONGEST_VIEW_NAME }) }),
      ...(body.shown && { shown: checkedShown(body.shown, fields) }),
    };
    return rewrite(deps, { event, caller, fields, id, action: 'write-view' }, (views, before) => {
      const after = { ...(before ?? { id, by: caller.id }), ...sent };
      if (!isWhole(after)) throw new ProblemError('not-found');
      if (isDeepStrictEqual(before, after)) return undefined;
      requireFit(views, after);
      return before ? views.map((view) => (view.id === id ? after : view)) : [...views, after];
    });
  };

export const removeView =
  (deps: Deps): Permitted<typeof VIEW_ROUTES.removeView> =>
  async ({ params: { eventId, viewId: id }, language }, caller) => {
    const event = await definitionOf(deps, eventId, language);
    const fields = await fieldsFor(deps, event, caller);
    return rewrite(
      deps,
      { event, caller, fields, id, action: 'remove-view' },
      (views, before) => before && views.filter((view) => view.id !== id),
    );
  };

async function fieldsFor(deps: Deps, event: EventDefinition<string>, { grants }: Caller): Promise<Fields> {
  const { tags } = await deps.tags.read(event.id);
  return viewFields(
    event,
    grants,
    tags.map(({ id }) => id),
  );
}

const mayChange = ({ by }: Pick<View, 'by'>, { id, grants }: Caller): boolean =>
  by === id || holdsAny(grants, ['manage-team']);

/** Who saved one is told to nobody: whether one may change it, to each. */
const listed = (views: readonly View[], fields: Fields, caller: Caller) =>
  json(200, {
    views: [...views]
      .sort((a, b) => compareNames(a.name, b.name))
      .map((view) => {
        const { shown, leftOut } = withinView(view.shown, fields);
        return { id: view.id, name: view.name, shown, leftOut, mayChange: mayChange(view, caller) };
      }),
  });

interface Writing {
  readonly event: EventDefinition<string>;
  readonly caller: Caller;
  readonly fields: Fields;
  readonly id: string;
  readonly action: Extract<AuditAction, 'write-view' | 'remove-view'>;
}

/** @throws ProblemError `not-permitted` of a view that is another member's */
const rewrite = (
  deps: Deps,
  { event, caller, fields, id, action }: Writing,
  decide: (views: readonly View[], before: View | undefined) => readonly View[] | undefined,
) =>
  untilWritten(deps.system, async () => {
    const read = await deps.views.read(event.id);
    const before = read.views.find((view) => view.id === id);
    if (before && !mayChange(before, caller)) throw new ProblemError('not-permitted');
    const after = decide(read.views, before);
    if (after === undefined) return listed(read.views, fields, caller);
    const isWritten = await deps.views.write(event, read, after, [audited(deps, event, caller, action, id)]);
    return isWritten ? listed(after, fields, caller) : undefined;
  });

const isWhole = (view: Pick<View, 'id' | 'by'> & Partial<View>): view is View =>
  view.name !== undefined && view.shown !== undefined;

const refused = (...issues: readonly FieldIssue[]): InvalidInputError => new InvalidInputError(issues);

/** @throws InvalidInputError of what the member does not see in a list, of what was typed freely, and of too much */
function checkedShown(sent: ViewShows, fields: Fields): ViewShows {
  const { shown, leftOut } = withinView(sent, fields);
  const filters = sent.filters.flatMap((filter, at): FieldIssue[] => {
    const isKept = isDeepStrictEqual(withinView({ filters: [filter], columns: [] }, fields).shown.filters, [filter]);
    return isKept ? [] : [{ path: `shown.filters.${at}`, code: 'unknown-option' }];
  });
  if (leftOut > 0)
    throw refused(...filters, ...(filters.length === 0 ? [{ path: 'shown', code: 'unknown-option' } as const] : []));
  if (JSON.stringify(shown).length > LONGEST_VIEW)
    throw refused(doesNotFit('shown', unfit('view-too-long', { max: LONGEST_VIEW })));
  return shown;
}

/** @throws InvalidInputError where another view has the name, or there are enough */
function requireFit(views: readonly View[], { id, name }: View): void {
  const others = views.filter((view) => view.id !== id);
  const alike = others.find((view) => tagIdentity(view.name) === tagIdentity(name));
  const problem =
    alike !== undefined
      ? unfit('view-there', { name: alike.name })
      : others.length >= MOST_VIEWS
        ? unfit('views-most', { max: MOST_VIEWS })
        : undefined;
  if (problem !== undefined) throw refused(doesNotFit('name', problem));
}

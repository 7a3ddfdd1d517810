import {
  type DefinitionPath,
  emptyOf,
  fieldsHere,
  isGroup,
  type Shape,
  valueAt,
  withValueAt,
} from '../../../../shared/event/definition/definition-shape.ts';
import { type Difference, differences } from '../../../../shared/event/definition/differences.ts';
import { idFromTitle } from '../id-from-title.ts';
import { DEFINITION_SHAPE, isAsked } from './parts.ts';

export type Definition = Readonly<Record<string, unknown>>;

/** What is typed of a definition, until it is published: it stays in the tab. */
export interface DefinitionDraft {
  /** That it began from. */
  readonly version: number;
  readonly base: Definition;
  readonly typed: Definition;
}

const keyOf = (eventId: string): string => `plenary.definition.${eventId}`;

/** @returns nothing where none is kept, or this browser keeps nothing */
export function keptDefinition(eventId: string): DefinitionDraft | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(eventId)) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** @returns whether it is kept, in case the page is left */
export function keepDefinition(eventId: string, draft: DefinitionDraft | undefined): boolean {
  try {
    if (draft === undefined || draft.base === draft.typed) sessionStorage.removeItem(keyOf(eventId));
    else sessionStorage.setItem(keyOf(eventId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** An id that is none yet: what it becomes follows from the name, once that is typed. Questions' ids have no hyphens. */
const NEW = /"(zz-new-|zzNew)(\d+)"/g;
const isNewId = (id: unknown): id is string => typeof id === 'string' && /^zz-?new-?\d+$/i.test(id);

/** Lists whose ids name answers. */
const isOfQuestions = (path: DefinitionPath): boolean => /^(questions|feedback,(session|event))$/.test(path.join());

/** What a list has one more of. */
export function newEntry(shape: Shape, path: DefinitionPath, definition: Definition): unknown {
  const empty = emptyOf(shape);
  if (!isGroup(empty) || empty['id'] !== '') return empty;
  const last = Math.max(0, ...[...JSON.stringify(definition).matchAll(NEW)].map(([, , number]) => Number(number)));
  return { ...empty, id: `${isOfQuestions(path) ? 'zzNew' : 'zz-new-'}${last + 1}` };
}

/**
 * As it is sent: with ids of what was added, wherever they are named, and without what is not asked any more, or is in no language of the
 * event: that stays in the tab, in case the language is added again.
 */
export function asSent(typed: Definition): Definition {
  const asked = askedOf(DEFINITION_SHAPE, [], typed, typed['languages']) as Definition;
  const ids = newIdsIn(DEFINITION_SHAPE, [], asked, typed['languages']);
  if (ids.size === 0) return asked;
  return JSON.parse(
    JSON.stringify(asked).replace(NEW, (id) => JSON.stringify(ids.get(id.slice(1, -1)) ?? id.slice(1, -1))),
  );
}

function askedOf(shape: Shape, path: DefinitionPath, value: unknown, languages: unknown): unknown {
  if (shape.kind === 'list' && Array.isArray(value))
    return value.map((each, at) => askedOf(shape.of, [...path, at], each, languages));
  if (!isGroup(value)) return value;
  if (shape.kind === 'words')
    return Object.fromEntries(
      Object.entries(value).filter(([tag]) => Array.isArray(languages) && languages.includes(tag)),
    );
  const fields = fieldsHere(shape, value);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const field = fields.find((known) => known.name === name);
      const at = [...path, name];
      return isAsked(at, value) ? [[name, field ? askedOf(field.shape, at, each, languages) : each]] : [];
    }),
  );
}

function newIdsIn(shape: Shape, path: DefinitionPath, value: unknown, languages: unknown): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  if (shape.kind === 'list' && Array.isArray(value)) {
    const taken = value
      .map((each) => valueAt(each, ['id']))
      .filter((id) => typeof id === 'string' && !isNewId(id)) as string[];
    for (const each of value) {
      const id = valueAt(each, ['id']);
      if (!isNewId(id)) continue;
      const own = idOf(each, taken, languages, isOfQuestions(path));
      taken.push(own);
      ids.set(id, own);
    }
  }
  const inside = Array.isArray(value)
    ? value.map((each, at) => [shape.kind === 'list' ? shape.of : shape, [...path, at], each] as const)
    : fieldsHere(shape, value).map(
        (field) => [field.shape, [...path, field.name], valueAt(value, [field.name])] as const,
      );
  return new Map([...ids, ...inside.flatMap(([of, at, each]) => [...newIdsIn(of, at, each, languages)])]);
}

/** No ids of questions: whatever is kept by ids has something by these names. */
const OF_PROGRAMS = Object.getOwnPropertyNames(Object.prototype);

/** By the English name, where there is one: ids are read in tables, too. */
function idOf(entry: unknown, taken: readonly string[], languages: unknown, isQuestion: boolean): string {
  const named = ['en', ...(Array.isArray(languages) ? languages : [])].map((language) =>
    valueAt(entry, ['title', language]),
  );
  const title = String(named.find(Boolean) ?? '');
  if (!isQuestion) return idFromTitle(title, taken, 'entry');
  const hyphenated = [...taken, ...OF_PROGRAMS].map((id) =>
    id.replace(/[A-Z]|(?<=[a-z])\d/g, (letter) => `-${letter.toLowerCase()}`),
  );
  return idFromTitle(title, hyphenated, 'question').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** What is changed and not published yet; of a language that is dropped, not each of its words. */
export function unpublished({ base, typed }: DefinitionDraft): readonly Difference[] {
  const spoken = askedOf(DEFINITION_SHAPE, [], base, typed['languages']) as Definition;
  return differences(spoken, asSent(typed));
}

/** A draft on what is published now; of what both changed, the draft's own stays. */
export function rebased(draft: DefinitionDraft, version: number, published: Definition): DefinitionDraft {
  const sent = asSent(draft.typed);
  const typed = unpublished(draft).reduce<Definition>((so, change) => applied(so, change, sent), published);
  return { version, base: published, typed };
}

function applied(definition: Definition, { path, after, moved }: Difference, from: Definition): Definition {
  const place = placeIn(definition, path);
  if (place === undefined) return definition;
  if (!moved) return withValueAt(definition, place, after) as Definition;
  const order = idsOf(valueAt(from, placeIn(from, path) ?? []));
  const [here, ids] = [valueAt(definition, place) as readonly unknown[], idsOf(valueAt(definition, place))];
  const rank = (at: number): number => order.indexOf(ids[at]) + 1 || order.length + 1;
  const sorted = here.map((each, at) => ({ each, rank: rank(at) })).sort((a, b) => a.rank - b.rank);
  return withValueAt(
    definition,
    place,
    sorted.map(({ each }) => each),
  ) as Definition;
}

const idsOf = (list: unknown): readonly unknown[] =>
  Array.isArray(list) ? list.map((each) => valueAt(each, ['id']) ?? valueAt(each, ['code'])) : [];

/** Where a place named by ids is; behind the last of its list where it is not there, and nowhere in what is not there. */
export function placeIn(definition: Definition, path: readonly string[]): DefinitionPath | undefined {
  let [value, place]: [unknown, DefinitionPath] = [definition, []];
  for (const [depth, step] of path.entries()) {
    if (value === undefined) return undefined;
    const at = Array.isArray(value) ? idsOf(value).indexOf(step) : step;
    if (at === -1 && depth < path.length - 1) return undefined;
    place = [...place, at === -1 ? (value as readonly unknown[]).length : at];
    value = valueAt(definition, place);
  }
  return place;
}

/** What a text that is no words is read as, where it is not read as it stands. */
export type TextKind = 'day' | 'clock' | 'moment' | 'email' | 'url' | 'country';

/** What may stand in one place of an event's definition, as forms are made of it: from the schema, at build. */
export type Shape =
  /** Words, in each language of the event. */
  | { readonly kind: 'words' }
  | { readonly kind: 'text'; readonly as?: TextKind }
  | { readonly kind: 'number' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'condition' }
  | { readonly kind: 'list'; readonly of: Shape; readonly least: number; readonly most?: number }
  | GroupShape
  /** One of several groups, by what `by` says. */
  | { readonly kind: 'either'; readonly by: string; readonly groups: Readonly<Record<string, GroupShape>> };

export interface GroupShape {
  readonly kind: 'group';
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: Shape;
}

/** What the rules say of a type of question, as far as forms follow from it. */
export interface AnswersOf {
  readonly hasOptions: boolean;
  readonly isLimited: boolean;
  /** Answers that a condition may name where there are no options. */
  readonly answers?: readonly string[];
}

/** All that forms of a definition are made of. */
export interface DefinitionForms {
  readonly definition: GroupShape;
  /** By the type of question. */
  readonly answers: Readonly<Record<string, AnswersOf>>;
}

/** Names of fields and positions in lists, from the definition's root. */
export type DefinitionPath = readonly (string | number)[];

/** A value that is in no definition may stand in one that is being written. */
export type Value = unknown;

export const isGroup = (value: Value): value is Readonly<Record<string, Value>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands in a place; nothing where there is no such place. */
export const valueAt = (value: Value, path: DefinitionPath): Value =>
  path.reduce<Value>(
    (inside, step) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, step) : undefined),
    value,
  );

/** The same with something else in a place, or with nothing there. */
export function withValueAt(value: Value, [step, ...rest]: DefinitionPath, wanted: Value): Value {
  if (step === undefined) return wanted;
  const inside = withValueAt(valueAt(value, [step]), rest, wanted);
  if (Array.isArray(value)) {
    const at = Number(step);
    return inside === undefined ? value.toSpliced(at, 1) : value.toSpliced(at, at < value.length ? 1 : 0, inside);
  }
  const { [step]: _, ...others } = isGroup(value) ? value : {};
  if (inside === undefined) return others;
  // Where it stood, so that what is the same reads the same.
  return isGroup(value) && step in value ? { ...value, [step]: inside } : { ...others, [step]: inside };
}

/** The shape of a place; nothing where the definition has none. */
export function shapeAt(shape: Shape, [step, ...rest]: DefinitionPath, value: Value): Shape | undefined {
  if (step === undefined) return shape;
  const inside = valueAt(value, [step]);
  if (shape.kind === 'list') return shapeAt(shape.of, rest, inside);
  const fields = fieldsHere(shape, value);
  const field = fields.find(({ name }) => name === step);
  return field && shapeAt(field.shape, rest, inside);
}

/** The fields of a group, or of the one of several that a value is. */
export function fieldsHere(shape: Shape, value: Value): readonly FieldShape[] {
  if (shape.kind === 'group') return shape.fields;
  if (shape.kind !== 'either') return [];
  return shape.groups[String(valueAt(value, [shape.by]))]?.fields ?? [];
}

/** What stands in a place that was made just now. */
export function emptyOf(shape: Shape): Value {
  if (shape.kind === 'list') return [];
  if (shape.kind === 'words') return {};
  if (shape.kind === 'flag') return false;
  if (shape.kind === 'choice') return shape.values[0];
  if (shape.kind === 'text') return '';
  if (shape.kind === 'group') return emptyGroup(shape.fields);
  if (shape.kind === 'either') {
    const [name = '', group] = Object.entries(shape.groups)[0] ?? [];
    return { ...emptyGroup(group?.fields ?? []), [shape.by]: name };
  }
  return undefined;
}

const emptyGroup = (fields: readonly FieldShape[]): Readonly<Record<string, Value>> =>
  Object.fromEntries(
    fields.flatMap(({ name, isRequired, shape }) => {
      const empty = isRequired ? emptyOf(shape) : undefined;
      return empty === undefined ? [] : [[name, empty]];
    }),
  );

/** Whether nothing stands in a place: it is left out of what is sent where it may be. */
export function isEmpty(shape: Shape, value: Value): boolean {
  if (value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return shape.kind === 'words' && Object.values(value as object).every((words) => String(words).trim() === '');
}

/** A name for a place without its positions: `days.date`. */
export const namedPlace = (path: DefinitionPath): string => path.filter((step) => typeof step === 'string').join('.');

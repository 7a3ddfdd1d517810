import type * as z from 'zod';
import { definitionOf } from '../support/schema-tree.ts';

/**
 * What an item can be like, by its schema: which optional attributes it has and lacks at every depth, which of a few words stand in it,
 * which way of several it took, what it has none of.
 */
export const featuresOf = (schema: z.ZodType, path = ''): readonly string[] => within(schema, path, () => EVERYTHING);

/** What one item is like. */
export const featuresIn = (schema: z.ZodType, value: unknown, path = ''): readonly string[] =>
  within(schema, path, () => value);

/** Stands for every value. */
const EVERYTHING = Symbol('everything');

function within(schema: z.ZodType, path: string, read: () => unknown): readonly string[] {
  const value = read();
  const all = value === EVERYTHING;
  const {
    type,
    shape = {},
    innerType,
    element,
    valueType,
    options = [],
    values = [],
    entries = {},
    ...parts
  } = definitionOf(schema);
  const inside = (part: z.ZodType, at: string, each: unknown) => within(part, at, () => (all ? EVERYTHING : each));
  switch (type) {
    case 'object':
      return Object.entries(shape).flatMap(([name, part]) =>
        inside(part, path === '' ? name : `${path}.${name}`, (value as Record<string, unknown>)[name]),
      );
    case 'optional':
    case 'default':
    case 'prefault': {
      if (innerType === undefined) return [];
      const absent = [`${path}: absent`];
      if (all) return [...absent, ...inside(innerType, path, value)];
      return value === undefined ? absent : inside(innerType, path, value);
    }
    case 'readonly':
    case 'nonoptional':
      return innerType ? inside(innerType, path, value) : [];
    case 'pipe':
      return parts.in ? inside(parts.in, path, value) : [];
    case 'array':
      return several(path, all ? [EVERYTHING] : (value as readonly unknown[]), all, (each) =>
        element ? inside(element, `${path}[]`, each) : [],
      );
    case 'record':
      return several(path, all ? [EVERYTHING] : Object.values(value as object), all, (each) =>
        valueType ? inside(valueType, `${path}{}`, each) : [],
      );
    case 'union':
      return options.flatMap((option, index) => {
        const isIt = all || options.findIndex((each) => each.safeParse(value).success) === index;
        return isIt ? [`${path}: way ${index}`, ...inside(option, `${path}|${index}`, value)] : [];
      });
    case 'enum':
      return (all ? Object.values(entries) : [value]).map((word) => `${path}: ${word}`);
    case 'literal':
      return (all ? values : [value]).map((word) => `${path}: ${word}`);
    case 'boolean':
      return (all ? [true, false] : [value]).map((word) => `${path}: ${word}`);
    default:
      return [path];
  }
}

const several = (
  path: string,
  values: readonly unknown[],
  all: boolean,
  each: (value: unknown) => readonly string[],
): readonly string[] => [
  ...(!all && values.length === 0 ? [`${path}: none`] : []),
  ...values.flatMap((value) => each(value)),
];

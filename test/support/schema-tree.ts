import type * as z from 'zod';

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly catchall?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly rest?: z.ZodType | null;
  readonly options?: readonly z.ZodType[];
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly left?: z.ZodType;
  readonly right?: z.ZodType;
  readonly in?: z.ZodType;
  readonly out?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

export const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** The places in a schema that would take what nobody named: objects that are not strict, and anything at all. */
export function openPlaces(schema: z.ZodType, path = '', seen: ReadonlySet<z.ZodType> = new Set()): string[] {
  if (seen.has(schema)) return [];
  const within = new Set([...seen, schema]);
  const { type, catchall, ...rest } = definitionOf(schema);
  const isOpen = (type === 'object' && catchall?.def.type !== 'never') || type === 'any' || type === 'unknown';
  const inside = partsOf(rest).flatMap(([name, part]) => openPlaces(part, `${path}${name}`, within));
  return isOpen ? [`${path || '.'}: ${type}`, ...inside] : inside;
}

function partsOf({ shape = {}, getter, items = [], options = [], ...single }: Omit<Definition, 'type'>) {
  const { innerType, element, rest, keyType, valueType, left, right, in: input, out } = single;
  const unnamed = [getter?.(), innerType, ...options, left, right, input, out].map((part) => ['', part] as const);
  const repeated = [element, ...items, rest, keyType, valueType].map((part) => ['[]', part] as const);
  const named = Object.entries(shape).map(([name, part]) => [`.${name}`, part] as const);
  return [...named, ...unnamed, ...repeated].flatMap(([name, part]) => (part ? [[name, part] as const] : []));
}

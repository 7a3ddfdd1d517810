import type * as z from 'zod';
import { definitionOf } from './schema-tree.ts';

/** Some value of the shape that a schema asks for: enough to be spoiled in one place. */
export function sampleOf(schema: z.ZodType): unknown {
  const { type, shape = {}, getter, items = [], options = [], ...parts } = definitionOf(schema);
  const inner = getter?.() ?? parts.innerType ?? parts.in ?? options[0];
  switch (type) {
    case 'object':
      return Object.fromEntries(Object.entries(shape).map(([name, part]) => [name, sampleOf(part)]));
    case 'tuple':
      return items.map(sampleOf);
    case 'array':
      return parts.element ? [sampleOf(parts.element)] : [];
    case 'record':
      return {};
    case 'literal':
      return parts.values?.[0];
    case 'enum':
      return Object.values(parts.entries ?? {})[0];
    case 'number':
      return 1;
    case 'boolean':
      return true;
    default:
      return inner ? sampleOf(inner) : 'sample';
  }
}

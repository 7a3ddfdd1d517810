import * as z from 'zod';
import { QUESTION_TYPES } from '../questions.ts';
import type { DefinitionForms, FieldShape, GroupShape, Shape, TextKind } from './definition-shape.ts';
import { authoredEvent } from './event-definition.schema.ts';

type Node = z.core.JSONSchema.JSONSchema;

/** By their pattern, where JSON Schema has no name for them. */
const PATTERNS: Readonly<Record<string, TextKind>> = {
  '^([01]\\d|2[0-3]):[0-5]\\d$': 'clock',
  '^[A-Z]{2}$': 'country',
};
const FORMATS: Readonly<Record<string, TextKind>> = { date: 'day', 'date-time': 'moment', email: 'email', uri: 'url' };

/** What forms of a definition are made of: the shape of `authoredEvent`, and the types of questions. */
export function definitionForms(): DefinitionForms {
  const { quotas, title } = authoredEvent.unwrap().shape;
  const shared = z.registry<{ id: string }>();
  shared.add(title, { id: 'words' });
  shared.add(quotas.element.shape.when.unwrap(), { id: 'condition' });
  const schema = z.toJSONSchema(authoredEvent, { target: 'draft-7', io: 'input', metadata: shared });
  const answers = Object.entries(QUESTION_TYPES).map(([type, { options, isLimited = false, answers }]) => [
    type,
    { hasOptions: options !== undefined, isLimited, ...(answers && { answers }) },
  ]);
  return { definition: groupOf(schema as Node), answers: Object.fromEntries(answers) };
}

const groupOf = ({ properties = {}, required = [] }: Node): GroupShape => ({
  kind: 'group',
  fields: Object.entries(properties as Record<string, Node>).map(
    ([name, node]): FieldShape => ({ name, isRequired: required.includes(name), shape: shapeOf(node) }),
  ),
});

function shapeOf(node: Node): Shape {
  const { items, minItems: least = 0, maxItems: most, oneOf } = node;
  const shared = [node, ...(node.allOf ?? [])].map((each) => (each as Node).$ref?.split('/').at(-1));
  if (shared.includes('words')) return { kind: 'words' };
  if (shared.includes('condition')) return { kind: 'condition' };
  if (items) return { kind: 'list', of: shapeOf(items as Node), least, ...(most !== undefined && { most }) };
  if (node.properties) return groupOf(node);
  if (oneOf) {
    const groups = (oneOf as Node[]).map((each) => [kindOf(each), withoutKind(groupOf(each))]);
    return { kind: 'either', by: 'kind', groups: Object.fromEntries(groups) };
  }
  if (node.enum) return { kind: 'choice', values: node.enum.map(String) };
  if (node.type === 'boolean') return { kind: 'flag' };
  if (node.type === 'integer' || node.type === 'number') return { kind: 'number' };
  if (node.type !== 'string') throw new Error(`a form has no field for ${JSON.stringify(node)}`);
  const as = FORMATS[node.format ?? ''] ?? PATTERNS[node.pattern ?? ''];
  return { kind: 'text', ...(as && { as }) };
}

const kindOf = ({ properties }: Node): string => String((properties?.['kind'] as Node | undefined)?.const);

const withoutKind = ({ fields, ...group }: GroupShape): GroupShape => ({
  ...group,
  fields: fields.filter(({ name }) => name !== 'kind'),
});

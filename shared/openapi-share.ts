/** Any part of an OpenAPI document. */
export type Node = null | string | number | boolean | readonly Node[] | Tree;
export interface Tree {
  readonly [name: string]: Node;
}

/**
 * Where a schema stands: an operation's `body` or one of its statuses, or a name that was given before, then the way into it - a
 * property, `[]` for what a list holds, `{}` for the values of a map, `keys` for its keys, a number for one of several shapes.
 *
 * @example 'showCheckIn 200 lists []'
 */
export type SchemaPlace = string;

const SCHEMAS = '#/components/schemas/';

/**
 * The same document with its schemas named: each name stands for what is found at its place, wherever the same is found.
 *
 * @throws Error where there is nothing at a place, or the same as at another one
 */
export function shareSchemas(document: Tree, places: Readonly<Record<string, SchemaPlace>>): Tree {
  const lean = treeOf(withoutNoise(document));
  const generated = treeOf(treeOf(lean['components'] ?? {})['schemas'] ?? {});
  const found = new Map<string, Node>();
  const names = new Map<string, string>();
  for (const [name, place] of Object.entries(places)) {
    const schema = schemaAt(lean, found, place);
    const known = names.get(canonical(schema));
    if (known !== undefined) throw new Error(`"${place}" is ${known} already, and cannot be ${name}`);
    found.set(name, schema);
    names.set(canonical(schema), name);
  }
  // What refers to itself has a name that was generated: the table's stands in its place.
  const renamed = new Map(
    [...found].flatMap(([name, schema]) => {
      const reference = referenceOf(schema);
      return reference === undefined ? [] : [[reference, name] as const];
    }),
  );
  const refer = (node: Node): Node => {
    const name = renamed.get(referenceOf(node) ?? '') ?? names.get(canonical(node));
    return name === undefined ? inside(node) : { $ref: SCHEMAS + name };
  };
  const inside = (node: Node): Node => mapNode(node, refer);
  const schemas = [...found].map(([name, schema]): [string, Node] => {
    const reference = referenceOf(schema);
    return [name, inside(reference === undefined ? schema : (generated[reference.slice(SCHEMAS.length)] ?? schema))];
  });
  const { components, ...rest } = lean;
  return {
    ...treeOf(inside(rest)),
    components: { ...treeOf(components ?? {}), schemas: Object.fromEntries(schemas) },
  };
}

/**
 * The same document with the parameters or responses that stand in it more than once kept under a name.
 *
 * @throws Error where two that differ would have the same name
 */
export function shareParts(document: Tree, kind: 'responses' | 'parameters', nameOf: (part: Tree) => string): Tree {
  const counts = new Map<string, number>();
  const shared = new Map<string, Node>();
  const everyPart = (change: (part: Node) => Node): Node =>
    mapNode(document['paths'] ?? {}, (methods) =>
      mapNode(methods, (operation) => {
        const parts = treeOf(operation)[kind];
        return parts === undefined ? operation : { ...treeOf(operation), [kind]: mapNode(parts, change) };
      }),
    );
  everyPart((part) => {
    counts.set(canonical(part), (counts.get(canonical(part)) ?? 0) + 1);
    return part;
  });
  const paths = everyPart((part) => {
    if ((counts.get(canonical(part)) ?? 0) < 2) return part;
    const name = nameOf(treeOf(part));
    const known = shared.get(name);
    if (known !== undefined && canonical(known) !== canonical(part)) throw new Error(`two ${kind} are called ${name}`);
    shared.set(name, part);
    return { $ref: `#/components/${kind}/${name}` };
  });
  const components = treeOf(document['components'] ?? {});
  return { ...document, paths, components: { ...components, [kind]: Object.fromEntries(shared) } };
}

function schemaAt(document: Tree, found: ReadonlyMap<string, Node>, place: SchemaPlace): Node {
  const [start = '', ...way] = place.split(' ');
  const begun = found.get(start);
  const [part = '', ...rest] = begun === undefined ? way : ['', ...way];
  const schema = rest.reduce<Node | undefined>(step, begun ?? schemaOf(document, start, part));
  if (schema === undefined) throw new Error(`there is no schema at "${place}"`);
  return schema;
}

function schemaOf(document: Tree, operationId: string, part: string): Node | undefined {
  const operations = Object.values(treeOf(document['paths'] ?? {})).flatMap((methods) =>
    Object.values(treeOf(methods)),
  );
  const operation = operations.map(treeOf).find((each) => each['operationId'] === operationId);
  const holder = part === 'body' ? operation?.['requestBody'] : treeOf(operation?.['responses'] ?? {})[part];
  const content = treeOf(treeOf(holder ?? {})['content'] ?? {});
  const parameters = Array.isArray(operation?.['parameters']) ? operation['parameters'].map(treeOf) : [];
  return treeOf(Object.values(content)[0] ?? {})['schema'] ?? parameters.find(({ name }) => name === part)?.['schema'];
}

function step(schema: Node | undefined, way: string): Node | undefined {
  const tree = treeOf(schema ?? {});
  if (way === '[]') return tree['items'];
  if (way === '{}') return tree['additionalProperties'];
  if (way === 'keys') return tree['propertyNames'];
  if (/^\d+$/.test(way)) {
    const options = tree['oneOf'] ?? tree['anyOf'] ?? tree['prefixItems'];
    return Array.isArray(options) ? options[Number(way)] : undefined;
  }
  return treeOf(tree['properties'] ?? {})[way];
}

/**
 * Without what zod writes of each whole number and of each map: that it fits into a number, and has texts as keys. A field of a form that
 * is sent once is itself, not a list of one.
 */
function withoutNoise(node: Node): Node {
  if (!isTree(node)) return mapNode(node, withoutNoise);
  const { prefixItems, items } = node;
  if (Array.isArray(prefixItems) && prefixItems.length === 1 && items === false) return withoutNoise(prefixItems[0]);
  const kept = Object.entries(node).filter(
    ([name, value]) =>
      !(name === 'minimum' && value === Number.MIN_SAFE_INTEGER) &&
      !(name === 'maximum' && value === Number.MAX_SAFE_INTEGER) &&
      !(name === 'propertyNames' && canonical(value) === '{"type":"string"}') &&
      // In OpenAPI it says that a field is in answers only; in zod, that code does not change a list.
      !(name === 'readOnly' && node['type'] === 'array'),
  );
  return mapNode(Object.fromEntries(kept), withoutNoise);
}

const referenceOf = (node: Node): string | undefined => {
  const reference = isTree(node) ? node['$ref'] : undefined;
  return typeof reference === 'string' ? reference : undefined;
};

const isTree = (node: Node | undefined): node is Tree =>
  typeof node === 'object' && node !== null && !Array.isArray(node);
const treeOf = (node: Node): Tree => (isTree(node) ? node : {});

function mapNode(node: Node, change: (node: Node) => Node): Node {
  if (Array.isArray(node)) return node.map(change);
  if (!isTree(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([name, part]) => [name, change(part)]));
}

/** Equal for schemas that say the same. */
function canonical(node: Node): string {
  return JSON.stringify(node, (name, value) => {
    if (Array.isArray(value)) return name === 'required' ? [...value].sort() : value;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/*
 * Where a file belongs: to a capability, of which later ones know earlier ones, and to a layer, which its suffix names.
 */

/** In the order of who may know whom. */
export const CAPABILITIES = [
  'kernel',
  'mail',
  'team',
  'event',
  'seats',
  'ticket',
  'registration',
  'care',
  'minors',
  'delegation',
  'checkin',
  'feedback',
  'certificates',
  'announcements',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** From the lowest: pure rules, schemas, rows of the contract, items, use cases, letters. */
export const LAYERS = ['', 'schema', 'routes', 'store', 'case', 'mail'] as const;

export type Layer = (typeof LAYERS)[number];

export interface Filed {
  readonly capability: Capability;
  readonly layer: Layer;
}

const isOne = <T extends string>(all: readonly T[], name: string): name is T => all.includes(name as T);

/** @returns nothing for a file that lies in no folder of a capability, such as a table of all of them */
export function filed(path: string): Filed | undefined {
  const [top, folder = '', ...rest] = path.split('/');
  if (top !== 'shared' || !isOne(CAPABILITIES, folder)) return undefined;
  const [, suffix = ''] = /\.(\w+)\.tsx?$/.exec(rest.at(-1) ?? '') ?? [];
  return { capability: folder, layer: isOne(LAYERS, suffix) ? suffix : '' };
}

/** Whether a file may import another: of a lower layer any, of its own layer those of its own or an earlier capability. */
export function mayImport(from: Filed, to: Filed): boolean {
  const [above, below] = [LAYERS.indexOf(from.layer), LAYERS.indexOf(to.layer)];
  if (above !== below) return above > below;
  return CAPABILITIES.indexOf(from.capability) >= CAPABILITIES.indexOf(to.capability);
}

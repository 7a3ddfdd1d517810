import { REACHABLE } from '../../shared/kernel/manifest.ts';

/*
 * Where a file belongs: to a capability, of which later ones know earlier ones, and to a layer, which its suffix names.
 */

/** In the order of who may know whom. */
export const CAPABILITIES = ['kernel', ...REACHABLE] as const;

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

/** Tables lie above all capabilities: of routes, letters, purposes. */
export const isTable = (path: string): boolean => /^shared\/[^/]+\.ts$/.test(path);

/**
 * Whether a file may import another: of a lower layer any, of its own layer those of its own or an earlier capability. What is pure knows
 * schemas by their types.
 */
export function mayImport(from: Filed, to: Filed, typeOnly = false): boolean {
  const [above, below] = [LAYERS.indexOf(from.layer), LAYERS.indexOf(to.layer)];
  const isSchemaType = typeOnly && from.layer === '' && to.layer === 'schema';
  if (above !== below && !isSchemaType) return above > below;
  return CAPABILITIES.indexOf(from.capability) >= CAPABILITIES.indexOf(to.capability);
}

/** Whether a file of a capability imports what it may not. Outside `shared` a use case knows pages alone. */
export function goesWrongWay(each: {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}): boolean {
  const from = filed(each.from);
  if (!from) return false;
  const to = filed(each.to);
  if (to) return !mayImport(from, to, each.typeOnly);
  if (each.to.startsWith('web/site/')) return from.layer !== 'case';
  return isTable(each.to) || !each.to.startsWith('shared/');
}

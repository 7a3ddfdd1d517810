import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import type { callHandler } from '../../test/support/call.ts';

export type Handler = Parameters<typeof callHandler>[0];

/** The bundle as a new instance of the function: a module is another one under another address. */
export async function newInstance(name: FunctionName, instance: string): Promise<Handler> {
  const bundle = pathToFileURL(resolve(`dist/functions/${name}/index.mjs`));
  return (await import(`${bundle.href}?${instance}`)).handler;
}

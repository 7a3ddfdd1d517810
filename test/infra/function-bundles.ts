import { build, type Metafile } from 'esbuild';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import { LAMBDA_BUNDLE } from '../../infra/bundle.ts';
import { leftOut } from '../../infra/left-out.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';

/** What the bundle of a function is built from. */
export interface FunctionBundle {
  readonly name: FunctionName;
  /** Files of ours and of others of which something is left in the bundle. */
  readonly files: readonly string[];
  /** Those of them that its entry leads to, by imports other than those of some files. */
  readonly reachedPast: (left: readonly string[]) => readonly string[];
}

let built: Promise<readonly FunctionBundle[]> | undefined;

/** Of each function, as it is deployed, but for the words that are left out. Built once for all who ask. */
export const functionBundles = (): Promise<readonly FunctionBundle[]> => {
  built ??= buildAll();
  return built;
};

async function buildAll(): Promise<readonly FunctionBundle[]> {
  const entryPoints = FUNCTION_NAMES.map((name) => `functions/${name}/index.ts`);
  const options = { ...LAMBDA_BUNDLE, entryPoints, outdir: 'nowhere', plugins: [leftOut] };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  return FUNCTION_NAMES.map((name) => bundleOf(name, metafile));
}

function bundleOf(name: FunctionName, { inputs, outputs }: Metafile): FunctionBundle {
  const entry = `functions/${name}/index.ts`;
  const output = Object.values(outputs).find(({ entryPoint }) => entryPoint === entry);
  if (output === undefined) throw new Error(`${entry} was not built`);
  const files = Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
  const reachedPast = (left: readonly string[]): readonly string[] => {
    const reached = new Set([entry]);
    for (const file of reached) {
      if (left.includes(file)) continue;
      for (const { path } of inputs[file]?.imports ?? []) reached.add(path);
    }
    return files.filter((file) => reached.has(file));
  };
  return { name, files, reachedPast };
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What is compiled into a package that is not a package itself: files of its licences, beside this one. */
const WITHIN: Readonly<Record<string, readonly string[]>> = { 'zxing-wasm': ['infra/licences/zxing-cpp.txt'] };
/** What bundlers put in themselves, by how they call it. */
const HELPERS: readonly (readonly [begins: string, folder: string])[] = [
  ['\0vite/', 'node_modules/vite'],
  ['\0rolldown/', 'node_modules/rolldown'],
];
const LICENCE = /^(licen[cs]e|copying|notice|ofl)\b/i;
/** Of the licences that a bundler's file has of its own dependencies, none of which is in what is served. */
const OF_DEPENDENCIES = /^# Licenses of bundled dependencies$[\s\S]*/m;

/** The folder of the package that a bundled file is of; `undefined` of our own. @param file as the bundler calls it */
export function packageFolder(file: string): string | undefined {
  const helper = HELPERS.find(([begins]) => file.startsWith(begins));
  if (helper !== undefined) return join(ROOT, helper[1]);
  const [, folder] =
    /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/').replace(/^\0/, '')) ?? [];
  return folder === undefined ? undefined : folder.startsWith('/') ? folder : join(ROOT, folder);
}

/** Has a build of Vite say of which files its output is made. @param note is told each */
export function notingFiles(note: (file: string) => void): Plugin {
  let root = ROOT;
  return {
    name: 'noting-files',
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_, bundle) {
      for (const output of Object.values(bundle)) {
        // Of what is copied as it is, such as a font, names are relative.
        const copied = output.type === 'asset' ? output.originalFileNames.map((file) => resolve(root, file)) : [];
        const modules = output.type === 'chunk' ? Object.keys(output.modules) : [];
        for (const file of [...copied, ...modules]) note(file);
      }
    },
  };
}

/**
 * The licences of all packages that a browser is served anything of.
 *
 * @param files that are bundled, of which many are our own
 * @throws Error that names each package without a licence: what may not be passed on without it is not built
 */
export function licencesOf(files: Iterable<string>): string {
  const folders = new Set([...files].map(packageFolder).filter((folder) => folder !== undefined));
  const packages = [...folders].map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
  const lacking = packages.filter(({ texts }) => texts.length === 0).map(({ name }) => name);
  if (lacking.length > 0) throw new Error(`served without a licence: ${lacking.join(', ')}`);
  // Several fonts have the same one.
  const byText = new Map<string, { readonly names: string[]; readonly text: string }>();
  for (const { name, texts } of packages)
    for (const text of texts) {
      const hash = createHash('sha256').update(text).digest('hex');
      const same = byText.get(hash) ?? { names: [], text };
      byText.set(hash, { ...same, names: [...same.names, name] });
    }
  const parts = [...byText.values()].map(({ names, text }) => `${names.join(', ')}\n\n${text}`);
  return `This site and its apps are made with the work of others:\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

interface Package {
  /** With its version. */
  readonly name: string;
  readonly texts: readonly string[];
}

function readPackage(folder: string): Package {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const own = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  const files = own
    .filter((entry) => entry.isFile() && LICENCE.test(entry.name))
    .map((entry) => join(folder, entry.name));
  const within = (WITHIN[name] ?? []).map((file) => join(ROOT, file));
  const texts = files.length === 0 ? [] : [...files.sort(), ...within].map(readText);
  return { name: `${name} ${version}`, texts };
}

const readText = (file: string): string => readFileSync(file, 'utf8').replace(OF_DEPENDENCIES, '').trim();

/** @param folder of what is served */
export const writeLicences = (folder: string, files: Iterable<string>): Promise<void> =>
  writeFile(join(folder, 'licences.txt'), licencesOf(files));

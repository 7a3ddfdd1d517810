import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../shared/openapi.ts';
import type { Tree } from '../shared/openapi-share.ts';

/** Characters of a line, as in all files of the project: what fits into one is not broken. */
const WIDTH = 120;

/** JSON as Biome formats it, which checks the file. */
function printed(value: unknown, indent = '', around = 0): string {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = `${indent}  `;
  const parts = entries.map(([name, part], index) => {
    const label = Array.isArray(value) ? '' : `${JSON.stringify(name)}: `;
    return label + printed(part, inner, label.length + (index < entries.length - 1 ? 1 : 0));
  });
  const line = Array.isArray(value) ? `[${parts.join(', ')}]` : `{ ${parts.join(', ')} }`;
  if (!line.includes('\n') && indent.length + around + line.length <= WIDTH) return line;
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

/** What programs rely on, in one line: the operations below `/api/`, without what only people read. */
function asReleased({ paths, components }: Tree): string {
  const isForPrograms = ([path]: readonly [string, unknown]): boolean => path.startsWith('/api/');
  const withoutWords = ({ summary: _, description: __, tags: ___, security: ____, ...operation }: Tree): Tree =>
    operation;
  const kept = Object.entries(paths as Readonly<Record<string, Readonly<Record<string, Tree>>>>)
    .filter(isForPrograms)
    .map(([path, methods]): [string, Tree] => [
      path,
      Object.fromEntries(Object.entries(methods).map(([method, operation]) => [method, withoutWords(operation)])),
    ]);
  return JSON.stringify({ paths: Object.fromEntries(kept), components });
}

function write(path: string, text: string, flag: 'w' | 'wx' = 'w'): void {
  const file = fileURLToPath(new URL(path, import.meta.url));
  writeFileSync(file, `${text}\n`, { flag });
  console.log(`wrote ${file}`);
}

/**
 * Writes `docs/openapi.json` anew after a change of the contract; a test fails while the two differ. With `--released` also the contract
 * that apps of the first release rely on: once, at that release; what is there already is never written over.
 */
const document = openApiDocument();
write('../docs/openapi.json', printed(document));
if (process.argv.includes('--released')) write('../test/golden/contract/released.json', asReleased(document), 'wx');

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openApiDocument } from '../shared/contract/openapi.ts';

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

/** Writes `docs/openapi.json` anew after a change of the contract; a test fails while the two differ. */
const file = fileURLToPath(new URL('../docs/openapi.json', import.meta.url));
writeFileSync(file, `${printed(openApiDocument())}\n`);
console.log(`wrote ${file}`);

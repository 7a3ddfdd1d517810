import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiledTemplates, SOURCES } from './mail-templates/compile.ts';

/** Writes `compiled.ts` beside the sources anew after a change of them; a test fails while they differ. */
const file = join(SOURCES, 'compiled.ts');
writeFileSync(file, await compiledTemplates());
console.log(`wrote ${file}`);

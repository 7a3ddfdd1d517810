import type { Plugin } from 'vite';

const ASKED = /event-definition\.schema\.ts\?shape$/;
const MODULE = '\0definition-shape';

/** Has Vite hand the console the shape of a definition, `event-definition.schema.ts?shape`, as data: neither schema nor rules reach a browser. */
export const definitionShapes = (): Plugin => ({
  name: 'definition-shape',
  enforce: 'pre',
  resolveId: (id) => (ASKED.test(id) ? MODULE : undefined),
  async load(id) {
    if (id !== MODULE) return;
    const { definitionForms } = await import('../shared/event/definition/definition-shape.schema.ts');
    return `export default ${JSON.stringify(definitionForms())};`;
  },
});

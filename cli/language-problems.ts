import type { EventDefinition } from '../shared/event/event.ts';
import { SITE } from '../shared/kernel/i18n/site.ts';
import type { DefinitionProblem } from '../shared/kernel/text/definition-problem.ts';

/** Languages that an event is written in, but the site has no words of its own in: headings, buttons, mistakes. */
export function languageProblems({ languages }: EventDefinition<unknown>): DefinitionProblem[] {
  return languages.flatMap((language, index) => {
    if (Object.hasOwn(SITE, language)) return [];
    const message = `the site does not speak ${language} yet: pages in it would be shown in English`;
    return [{ path: ['languages', index], message }];
  });
}

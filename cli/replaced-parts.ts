import { isDeepStrictEqual } from 'node:util';
import type { SplitDefinition } from '../shared/event/publish/write-definition.case.ts';

/** Parts of a definition, such as `quotas` and `sessions`, of which the rules or words differ; never the `version`. */
export function replacedParts(stored: SplitDefinition, wanted: SplitDefinition): string[] {
  const words = Object.keys({ ...stored.texts, ...wanted.texts }).flatMap((language) =>
    differing(stored.texts[language], wanted.texts[language]).map((key) => key.split('.')[0] ?? key),
  );
  const parts = new Set([...differing(stored.rules, wanted.rules), ...words]);
  parts.delete('version');
  return [...parts].sort();
}

function differing(before: object = {}, after: object = {}): string[] {
  const values = [before, after].map((each) => new Map<string, unknown>(Object.entries(each)));
  return Object.keys({ ...before, ...after }).filter((key) => {
    const [was, is] = values.map((each) => each.get(key));
    return !isDeepStrictEqual(was, is);
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import type { ConfigurationName } from './configurations.ts';
import type { Deployed } from './deployment.ts';
import type { StackShape } from './stack-shape.ts';

/** A file for each release: what of its templates a later update could break. */
export const RELEASES = 'test/infra/released';

/** Between them, they have every resource that is kept and every export. */
export const RELEASED_CONFIGURATIONS = ['none', 'everything'] as const satisfies ConfigurationName[];

export interface Released {
  readonly release: string;
  readonly configuration: (typeof RELEASED_CONFIGURATIONS)[number];
  readonly deployed: Deployed;
}

/** Every configuration of every release. */
export const released = (): Released[] =>
  readdirSync(RELEASES).flatMap((file) => {
    const shapes: Record<string, Record<string, StackShape>> = JSON.parse(readFileSync(`${RELEASES}/${file}`, 'utf8'));
    return RELEASED_CONFIGURATIONS.map((configuration) => ({
      release: file.slice(0, -'.json'.length),
      configuration,
      deployed: new Map(Object.entries(shapes[configuration] ?? {})),
    }));
  });

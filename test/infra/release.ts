import { writeFileSync } from 'node:fs';
import { CONFIGURATIONS } from './configurations.ts';
import { deployedOf } from './deployment.ts';
import { RELEASED_CONFIGURATIONS, RELEASES } from './released.ts';

/**
 * `npx tsx test/infra/release.ts 1.0.0` keeps what of today's templates a later update could break. From then on they are deployed
 * somewhere, and `updates.test.ts` holds every later template against them: a file that is there is not written again.
 */
const [, , release = ''] = process.argv;
if (!/^\d+\.\d+\.\d+$/.test(release)) throw new Error('expected a version such as 1.0.0');
const lines = RELEASED_CONFIGURATIONS.map((name) => {
  const stacks = [...deployedOf(CONFIGURATIONS[name])];
  return `"${name}":{\n${stacks.map(([stack, shape]) => `"${stack}":${JSON.stringify(shape)}`).join(',\n')}}`;
});
writeFileSync(`${RELEASES}/${release}.json`, `{${lines.join(',\n')}}\n`, { flag: 'wx' });

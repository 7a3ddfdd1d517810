import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../infra/config.ts';
import { CONFIGURATIONS, isDescribed } from './configurations.ts';
import { deployedOf, deploymentProblems, returnProblems } from './deployment.ts';
import { type Context, stacksOf } from './fixture.ts';
import { released } from './released.ts';

const configurations = Object.entries<Context>(CONFIGURATIONS);

describe('IN10: from one configuration to another', () => {
  it('has every key there is, each of which docs/operations.md describes, but for the one that makes another system', () => {
    const described = [...readFileSync('docs/operations.md', 'utf8').matchAll(/plenary:(\w+)/g)].map(([, key]) => key);
    const named = configurations.flatMap(([, context]) => Object.keys(context));
    expect(new Set(['plenary:name', ...named])).toEqual(new Set(knownKeys().map((key) => `plenary:${key}`)));
    expect(described).toEqual(expect.arrayContaining(knownKeys()));
  });

  it.each(configurations)('%s: is deployed where nothing was', (_, context) => {
    expect(deploymentProblems(new Map(), deployedOf(context))).toEqual([]);
  });

  it.each(configurations)(
    '%s: is deployed over any other, and gives way to it again wherever that stopped',
    (_, to) => {
      const problems = configurations
        .filter(([, from]) => from !== to && isDescribed(from, to))
        .flatMap(([name, from]) => {
          const [before, after] = [deployedOf(from), deployedOf(to)];
          const found = [
            ...deploymentProblems(before, after),
            ...(isDescribed(to, from) ? returnProblems(before, after) : []),
          ];
          return found.map((problem) => `over ${name}: ${problem}`);
        });
      expect(problems).toEqual([]);
    },
  );

  it('an own provider leaves a stack behind that no other needs, and that needs no other: each can be deleted, in any order', () => {
    const { Identity } = Object.fromEntries(deployedOf(CONFIGURATIONS.none));
    const [left, using] = (['an own provider', 'none'] as const).map((name) =>
      [...deployedOf(CONFIGURATIONS[name]).values()].flatMap(({ imports }) =>
        imports.filter((each) => each in (Identity?.exports ?? {})),
      ),
    );
    expect(left).toEqual([]);
    expect(using).not.toEqual([]);
    expect(Identity?.imports).toEqual([]);
  });

  it('what a stack reads of another, without holding on to it, is there and stays the same', () => {
    const [before, after] = [deployedOf(CONFIGURATIONS.none), new Map(deployedOf(CONFIGURATIONS.none))];
    const [read = ''] = before.get('Identity')?.reads ?? [];
    expect(read).toMatch(/^Web\./);
    const [, output = ''] = read.split('.');
    const web = before.get('Web');
    if (web === undefined) throw new Error('there is no Web');
    after.set('Web', { ...web, outputs: { ...web.outputs, [output]: 'another.example.org' } });
    expect(deploymentProblems(before, after)).toEqual([`Web: ${output} was read, but would change`]);
    after.set('Web', { ...web, outputs: {} });
    const missed = ['Identity', 'Watch'].flatMap((name) =>
      (before.get(name)?.reads ?? [])
        .filter((each) => each.startsWith('Web.'))
        .map((each) => `${name}: ${each} is read, but not there`),
    );
    expect(missed).toHaveLength(2);
    expect(missed).toContain(`Identity: ${read} is read, but not there`);
    expect(deploymentProblems(new Map(), after)).toEqual(missed);
  });

  it('keeps the files of earlier deployments: pages, phones and consoles that are open or cached load what they point to', () => {
    for (const [name, context] of configurations) {
      const copies = stacksOf(context)
        .flatMap(({ template }) => Object.values(template.Resources))
        .filter(({ Type }) => Type === 'Custom::CDKBucketDeployment');
      expect(
        copies.map(({ Properties }) => Properties?.['Prune']),
        name,
      ).toEqual([false, false, false, false]);
    }
  });

  it('a generation that is lowered is refused at the first stack, before anything changed', () => {
    const [first] = deploymentProblems(
      deployedOf(CONFIGURATIONS['another key for tickets']),
      new Map([...deployedOf(CONFIGURATIONS.none)].slice(0, 1)),
    ).filter((problem) => problem.includes('in use'));
    expect(first).toMatch(/^Data: .*TicketKey2.* is in use, but no longer there$/);
  });
});

describe('IN10: from a release', () => {
  it('has one to begin with, and its stacks', () => {
    expect(released().map(({ release }) => release)).toContain('0.1.0');
    for (const { deployed } of released())
      expect([...deployed.keys()]).toEqual(expect.arrayContaining(['Data', 'Web']));
  });

  it.each(released())('$release, $configuration: gives way to what is here', ({ configuration, deployed }) => {
    const from = CONFIGURATIONS[configuration];
    const problems = configurations
      .filter(([, to]) => isDescribed(from, to))
      .flatMap(([name, to]) => deploymentProblems(deployed, deployedOf(to)).map((problem) => `${name}: ${problem}`));
    expect(problems).toEqual([]);
  });
});

/** As a wrong one is answered with them. */
function knownKeys(): string[] {
  try {
    readConfig({ 'plenary:unknown': '' });
  } catch (error) {
    return String(error)
      .replace(/^.*known: /s, '')
      .split(', ');
  }
  throw new Error('a key that nobody knows was taken');
}

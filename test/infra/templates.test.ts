import { resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { hashOf, keepChanged } from '../support/rendered.ts';
import { CONFIGURATIONS } from './configurations.ts';
import {
  type Assets,
  builtFolder,
  type CloudFormationTemplate,
  type Context,
  type Synthesised,
  synthesise,
  synthesisOf,
} from './fixture.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * What CloudFormation is given, to the letter: after a change that is meant, `npx vitest run --project infra test/infra/templates.test.ts -u`
 * writes it anew. Save two things: what is in bundles, and how code that stands in a template is written (`withoutContent`).
 */
const GOLDEN = 'test/golden/templates';

/** Properties that hold code: of functions at the edge, and of one that is small enough. */
const INLINE = ['FunctionCode', 'ZipFile'];

/**
 * A template without what a build puts into it: in place of an asset's hash, the name of its folder; which release it is; code of ours that stands in the
 * template, with names as short as can be, without the comments in which esbuild says from which file it took what.
 */
const withoutContent = (template: CloudFormationTemplate, assets: Assets): string =>
  [...assets].reduce(
    (text, [hash, name]) => text.replaceAll(hash, `{${name}}`),
    `${JSON.stringify(template, (key, value) => (INLINE.includes(key) ? minified(value) : value), 1)}\n`
      .replaceAll(/(, release )[0-9a-f]{8}/g, '$1{release}')
      .replaceAll(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1{release}'),
  );

/** Throws where the code has no `handler`. */
const minified = (code: string): string =>
  transformSync(code.includes('exports.handler') ? code : `${code}\nexport { handler };`, {
    minify: true,
    charset: 'utf8',
    format: 'esm',
  }).code.trim();

/** `Api 0123456789abcdef, protected, after Data, Mail, Web` */
const lineOf = ({ name, terminationProtection, dependencies }: Synthesised, text: string): string =>
  [
    `${name} ${hashOf(text)}`,
    ...(terminationProtection ? ['protected'] : []),
    ...(dependencies.length > 0 ? [`after ${dependencies.join(', ')}`] : []),
  ].join(', ');

const rendered = Object.entries<Context>(CONFIGURATIONS).map(([configuration, context]) => {
  const { stacks, assets } = synthesisOf(context);
  return {
    configuration,
    stacks: stacks.map((stack) => ({ stack, text: withoutContent(stack.template, assets) })),
  };
});
const byDefault = rendered.find(({ configuration }) => configuration === 'none')?.stacks ?? [];

describe('templates are as before', () => {
  it.each(byDefault.map(({ stack, text }) => ({ name: stack.name, text })))('$name', async ({ name, text }) => {
    await expect(text).toMatchFileSnapshot(resolve(GOLDEN, `${name}.json`));
  });

  it('in every configuration, as are their order and protection', async () => {
    const golden = `${GOLDEN}/configurations.txt`;
    const all = rendered.flatMap(({ configuration, stacks }) =>
      stacks.map(({ stack, text }) => ({
        line: `${configuration}: ${lineOf(stack, text)}`,
        files: { [`${configuration}/${stack.name}.json`]: text },
      })),
    );
    const lines = all.map(({ line }) => `${line}\n`).join('');
    await expect(lines, keepChanged(golden, all)).toMatchFileSnapshot(resolve(golden));
  });
});

describe('IN8: every resource is as the schema of its type says, without asking AWS', () => {
  it('in every configuration', () => {
    const problems = rendered.flatMap(({ configuration, stacks }) =>
      stacks.flatMap(({ stack: { name, template } }) =>
        schemaProblems(template).map((problem) => `${configuration}: ${name}/${problem}`),
      ),
    );
    expect(problems).toEqual([]);
  });

  it('and what CloudFormation would refuse is named, with the path to it', () => {
    const of = (Type: string, Properties: Record<string, unknown>) =>
      schemaProblems({ Resources: { It: { Type, Properties } } });
    expect(of('AWS::Lambda::Functions', {})).toEqual(['It: AWS::Lambda::Functions is no type of resource']);
    expect(of('AWS::KMS::Key', { KeySpec: 'HMAC_255', Enabled: 'yes', Colour: 1 })).toEqual([
      expect.stringMatching(/^It\.KeySpec: expected one of SYMMETRIC_DEFAULT, .*, not HMAC_255$/),
      'It.Enabled: expected boolean, not "yes"',
      'It.Colour: is no property',
    ]);
    const environment = { Environment: { Variable: {} }, Layers: ['one', 2] };
    expect(of('AWS::Lambda::Function', { Code: { ZipFile: '' }, ...environment })).toEqual([
      'It.Role: is missing',
      'It.Environment.Variable: is no property',
      'It.Layers[1]: expected string, not 2',
    ]);
    expect(
      of('AWS::Lambda::Alias', {
        Name: 'live',
        FunctionName: { Ref: 'F' },
        FunctionVersion: { 'Fn::GetAtt': ['It', 'Number'] },
      }),
    ).toEqual(['It: AWS::Lambda::Alias has no Number']);
  });
});

describe('what is left out', () => {
  it('is every hash of what is built, and nothing else that a build changes', () => {
    const other = synthesise(builtFolder('BBBB'));
    const raw = other.stacks.map(({ template }) => JSON.stringify(template));
    expect(raw).not.toEqual(byDefault.map(({ stack }) => JSON.stringify(stack.template)));
    expect(other.stacks.map(({ template }) => withoutContent(template, other.assets))).toEqual(
      byDefault.map(({ text }) => text),
    );
  });

  it('leaves which asset it is: each function has its own bundle', () => {
    const api = byDefault.find(({ stack }) => stack.name === 'Api')?.text ?? '';
    const bundles = [...api.matchAll(/"S3Key": "\{functions\/(.*)\}\.zip"/g)].map(([, name]) => name);
    const named = [...synthesisOf().assets.values()].filter((each) => each.startsWith('functions/'));
    expect(bundles.length).toBeGreaterThan(10);
    expect(bundles.map((name) => `functions/${name}`).sort()).toEqual(named.sort());
    expect(byDefault.map(({ text }) => text).join('')).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is in code that stands in a template only how it is written', () => {
    const code = 'var handler = (event) => event.request;';
    const of = (FunctionCode: string) =>
      withoutContent(
        { Resources: { Edge: { Type: 'AWS::CloudFront::Function', Properties: { FunctionCode } } } },
        new Map(),
      );
    expect(of(`// shared/a.ts\n${code}`)).toBe(of(`// shared/b/c.ts\n${code.replaceAll('event', 'asked')}`));
    expect(of(code)).not.toBe(of(code.replace('event.request', 'event.response')));
    expect(() => of('var handle = (event) => event.request;')).toThrow('handler');
  });
});

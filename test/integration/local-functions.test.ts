import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FunctionOptions, type RunningFunction, startFunction } from '../../local/functions/function.ts';

let directory: string;
let running: RunningFunction | undefined;
let lines: string[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  lines = [];
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(directory, { recursive: true });
});

/** Milliseconds that none of these calls takes, however busy the machine is. */
const A_LONG_WHILE_MS = 60_000;

/** Runs a function whose bundle is this source. */
async function run(source: string, options: Partial<FunctionOptions> = {}): Promise<RunningFunction> {
  const bundle = join(directory, 'index.mjs');
  await writeFile(bundle, source);
  const log = (line: string) => lines.push(line);
  running = startFunction({
    name: 'test',
    bundle,
    environment: {},
    timeoutMs: A_LONG_WHILE_MS,
    memoryMb: 512,
    log,
    ...options,
  });
  return running;
}

it('gives a function its own environment and nothing of ours', async () => {
  process.env['OF_THIS_MACHINE'] = 'secret';
  const target = await run('export const handler = async () => process.env', { environment: { MINE: 'yes' } });
  const environment = await target.invoke({});
  expect(environment).toMatchObject({ MINE: 'yes', AWS_LAMBDA_FUNCTION_NAME: 'test', _HANDLER: 'index.handler' });
  for (const foreign of ['OF_THIS_MACHINE', 'PATH', 'HOME']) expect(environment).not.toHaveProperty(foreign);
});

it('passes JSON there and back, with a context that counts down', async () => {
  const target = await run(`export const handler = async (event, context) =>
    ({ event, gone: undefined, when: new Date(0), left: context.getRemainingTimeInMillis(), id: context.awsRequestId, name: context.functionName })`);
  const result = await target.invoke({ kept: 'ក', dropped: undefined });
  expect(result).toEqual({
    event: { kept: 'ក' },
    when: '1970-01-01T00:00:00.000Z',
    left: expect.toSatisfy((left: number) => left > 0 && left <= A_LONG_WHILE_MS),
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'test',
  });
});

it('takes several calls at once', async () => {
  const target = await run(`let waiting = [];
    export const handler = () => new Promise((resolve) => { waiting.push(resolve); if (waiting.length === 3) waiting.forEach((each) => each('met')); })`);
  expect(await Promise.all([1, 2, 3].map(() => target.invoke({})))).toEqual(['met', 'met', 'met']);
});

it('reports what a handler throws, and goes on in the same instance', async () => {
  const target = await run(`let calls = 0;
    export const handler = async ({ fail }) => { calls += 1; if (fail) throw new RangeError('no'); return calls; }`);
  await expect(target.invoke({ fail: true })).rejects.toMatchObject({ name: 'RangeError', message: 'no' });
  expect(await target.invoke({})).toBe(2);
  expect(lines.join('\n')).toContain('RangeError: no');
});

it('starts a new instance after a crash, which fails the calls that were running', async () => {
  const target = await run(`let calls = 0;
    export const handler = ({ crash }) => { calls += 1; if (crash) setTimeout(() => { throw new Error('out of the blue') }); return crash ? new Promise(() => {}) : calls; }`);
  expect(await target.invoke({})).toBe(1);
  await expect(target.invoke({ crash: true })).rejects.toThrow('out of the blue');
  expect(await target.invoke({})).toBe(1);
});

it('starts a new instance after an exit', async () => {
  const target = await run('export const handler = async ({ exit }) => exit ? process.exit(3) : "fine"');
  await expect(target.invoke({ exit: true })).rejects.toMatchObject({ name: 'Runtime.ExitError' });
  expect(await target.invoke({})).toBe('fine');
});

it.each([
  ['waits for ever', 'new Promise(() => {})'],
  ['never gives way', '(() => { for (;;); })()'],
])('ends a call that %s, and the next one finds a new instance', async (_, endless) => {
  const target = await run(`export const handler = ({ hang }) => hang ? ${endless} : 'fine'`, { timeoutMs: 300 });
  await target.warmUp();
  await expect(target.invoke({ hang: true })).rejects.toThrow('Task timed out after 0.30 seconds');
  await target.warmUp();
  expect(await target.invoke({})).toBe('fine');
});

it('logs what a function prints, line by line', async () => {
  const target = await run(`export const handler = async () => { console.log('one\\ntwo'); console.error('three'); }`);
  expect(await target.invoke({})).toBeNull();
  await expect.poll(() => [...lines].sort()).toEqual(['one', 'three', 'two']);
});

it.each([
  ['does not load', 'throw new Error("broken at start")', 'broken at start'],
  ['exports no handler', 'export const other = 1', 'exports no handler'],
])('says at once that a bundle %s', async (_, source, message) => {
  const target = await run(source);
  await expect(target.warmUp()).rejects.toThrow(message);
  await expect(target.invoke({})).rejects.toThrow(message);
});

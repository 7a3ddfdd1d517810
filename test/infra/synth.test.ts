import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { builtFolder } from './fixture.ts';

const CDK = 'node_modules/aws-cdk/bin/cdk';

/** Put before the app, it has it run two years later. */
const LATER = `data:text/javascript,${encodeURIComponent(`
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length > 0 ? given : [Real.now() + 63e9])); }
    static now() { return Real.now() + 63e9; }
  };
`)}`;

/** Put before every process, it has each write down how much processor time it took, in microseconds. */
const CLOCK = `data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from 'node:fs';
  import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    appendFileSync(process.env.SPENT, user + system + '\\n');
  });
`)}`;

/** Seconds of a processor for `cdk synth`, which may take 30 on a quiet machine with the build before it; beside others it takes up to twice as long as there. */
const MOST_SECONDS = 25;

it('IN8 IN11: cdk synth needs neither Docker nor an account, and says the same whenever and wherever it runs', async () => {
  const [one, other] = [builtFolder(), builtFolder()];
  try {
    await Promise.all([
      synth(one, join(one, 'cdk.out'), { NODE_OPTIONS: `--import ${CLOCK}`, SPENT: join(one, 'spent') }),
      synth(other, join(other, 'elsewhere/out'), {
        ...{ NODE_OPTIONS: `--import ${LATER} --import ${CLOCK}`, SPENT: join(other, 'spent') },
        TZ: 'Asia/Phnom_Penh',
      }),
    ]);
    const files = contentsOf(join(one, 'cdk.out'));
    const templates = Object.keys(files).filter((file) => file.endsWith('.template.json'));
    expect(templates.sort()).toEqual(
      ['Api', 'Data', 'Identity', 'Mail', 'Pages', 'Watch', 'Web'].map((name) => `Plenary-${name}.template.json`),
    );
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['manifest.json', 'Plenary-Api.assets.json']));
    expect(contentsOf(join(other, 'elsewhere/out'))).toEqual(files);
    const spent = [one, other].map((folder) => readFileSync(join(folder, 'spent'), 'utf8').trim().split('\n'));
    // The command itself, and the app.
    for (const each of spent) expect(each.length).toBeGreaterThanOrEqual(2);
    // What else runs takes time from both, and seldom as much.
    const seconds = spent.map((each) => each.reduce((sum, part) => sum + Number(part), 0) / 1e6);
    expect(Math.min(...seconds)).toBeLessThan(MOST_SECONDS);
  } finally {
    for (const built of [one, other]) rmSync(built, { recursive: true });
  }
});

/** Runs the real command where there is a Node and nothing else: no docker on PATH, no AWS_*, no home directory. */
async function synth(built: string, output: string, environment: Record<string, string>): Promise<void> {
  const bin = join(built, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const app = ['--app', 'node --import tsx test/infra/synth-app.ts', '--build', 'node --version'];
  await promisify(execFile)(process.execPath, [CDK, 'synth', '--quiet', '--no-notices', ...app, '--output', output], {
    env: { PATH: bin, HOME: built, PLENARY_BUILT: built, ...environment },
  });
}

/** Says how long the CDK took, which is deployed nowhere. */
const MEASURED = 'performance-counters.json';

/** Hashes by path. */
const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file !== MEASURED && statSync(join(folder, file)).isFile())
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  );

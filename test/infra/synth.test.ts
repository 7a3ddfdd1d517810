import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtFolder } from './fixture.ts';

const CDK = 'node_modules/aws-cdk/bin/cdk';

it('IN8: cdk synth needs neither Docker nor an account', () => {
  const built = builtFolder();
  try {
    const output = join(built, 'cdk.out');
    synth(built, output);
    const files = readdirSync(output).filter((file) => file.endsWith('.template.json'));
    expect(files.sort()).toEqual(
      ['Api', 'Data', 'Identity', 'Mail', 'Web'].map((name) => `Plenary-${name}.template.json`),
    );
  } finally {
    rmSync(built, { recursive: true });
  }
});

/** Runs the real command where there is a Node and nothing else: no docker on PATH, no AWS_*, no home directory. */
function synth(built: string, output: string): void {
  const bin = join(built, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const app = ['--app', 'node --import tsx test/infra/synth-app.ts', '--build', 'node --version'];
  execFileSync(process.execPath, [CDK, 'synth', '--quiet', '--no-notices', ...app, '--output', output], {
    env: { PATH: bin, HOME: built, PLENARY_BUILT: built },
    stdio: 'pipe',
  });
}

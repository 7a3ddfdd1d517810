import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtFolder } from './fixture.ts';

const SYNTH_TIMEOUT_MS = 60_000;

it(
  'cdk synth needs neither Docker nor an account',
  () => {
    const built = builtFolder();
    const bin = join(built, 'bin');
    mkdirSync(bin);
    symlinkSync(process.execPath, join(bin, 'node'));
    const output = join(built, 'cdk.out');
    const app = `node --import tsx test/infra/synth-app.ts`;
    execFileSync(
      process.execPath,
      [
        'node_modules/aws-cdk/bin/cdk',
        'synth',
        '--quiet',
        '--app',
        app,
        '--build',
        'node --version',
        '--output',
        output,
      ],
      // Nothing else of the environment: no AWS_*, no HOME with credentials, no docker on PATH.
      { env: { PATH: bin, HOME: built, PLENARY_BUILT: built, CI: 'true' }, stdio: 'pipe' },
    );
    const files = readdirSync(output).filter((file) => file.endsWith('.template.json'));
    rmSync(built, { recursive: true });
    expect(files.sort()).toEqual(['Api', 'Data', 'Mail', 'Web'].map((name) => `Plenary-${name}.template.json`));
  },
  SYNTH_TIMEOUT_MS,
);

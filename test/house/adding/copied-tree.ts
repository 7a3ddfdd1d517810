import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Edit, Finding } from './addition.ts';

const CODE = ['shared', 'functions', 'web', 'infra', 'local', 'events', 'cli', 'bench', 'test', 'docs'];
const BESIDE = ['tsconfig.json', 'package.json', 'cdk.json', 'vitest.config.ts'];
const CONFIG = 'tsconfig.adding.json';
/** What is compiled: no tests, which are half of the code. */
const COMPILED = [...CODE.filter((name) => !['events', 'test', 'docs'].includes(name)), 'test/support/glyphs/*.d.ts'];

/** A copy of the project's code, to be changed and compiled again and again: what a change does not concern is not compiled anew. */
export class CopiedTree {
  readonly #folder = mkdtempSync(join(tmpdir(), 'plenary-adding-'));
  readonly #before = new Map<string, string | undefined>();

  constructor() {
    for (const name of [...CODE, ...BESIDE]) {
      const filter = (path: string): boolean => !path.startsWith('test/golden');
      cpSync(name, join(this.#folder, name), { recursive: true, filter });
    }
    symlinkSync(resolve('node_modules'), join(this.#folder, 'node_modules'));
    const compilerOptions = { incremental: true, tsBuildInfoFile: './adding.tsbuildinfo' };
    writeFileSync(this.#at(CONFIG), JSON.stringify({ extends: './tsconfig.json', include: COMPILED, compilerOptions }));
  }

  #at(file: string): string {
    return join(this.#folder, file);
  }

  #remember(file: string): string | undefined {
    const path = this.#at(file);
    const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (!this.#before.has(file)) this.#before.set(file, before);
    return before;
  }

  apply({ file, to }: Edit): void {
    const before = this.#remember(file);
    mkdirSync(dirname(this.#at(file)), { recursive: true });
    writeFileSync(this.#at(file), to(before ?? ''));
  }

  /** Has a script of the project write a file. */
  make({ file, by }: { readonly file: string; readonly by: string }): void {
    this.#remember(file);
    const said = this.#run(['--import', 'tsx', by]);
    if (said !== undefined) throw new Error(`${by} failed: ${said}`);
  }

  /** Takes back all that was applied. */
  restore(): void {
    for (const [file, text] of this.#before) {
      if (text === undefined) rmSync(this.#at(file));
      else writeFileSync(this.#at(file), text);
    }
    this.#before.clear();
  }

  /** @returns what a script says that fails */
  #run(args: readonly string[]): string | undefined {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: this.#folder, encoding: 'utf8' });
    return status === 0 ? undefined : stdout + stderr;
  }

  /** All that the compiler finds, the lines of each finding together. */
  compile(): readonly Finding[] {
    // Several checkers check what they share once each: twice the processor's time, beside tests that wait for it.
    const options = ['--noEmit', '--pretty', 'false', '--singleThreaded'];
    const said = this.#run(['node_modules/typescript/bin/tsc', '-p', CONFIG, ...options]);
    if (said === undefined) return [];
    const findings = said.split(/\n(?=\S)/).flatMap((each) => {
      const [, file, says] = /^(\S+)\(\d+,\d+\): error (TS\d+: [\s\S]*)$/.exec(each) ?? [];
      return file !== undefined && says !== undefined ? [{ file, says: says.trim() }] : [];
    });
    if (findings.length === 0) throw new Error(said);
    return findings;
  }

  /** What files of unit tests say, each that fails, in one run: most of its time is spent before the first test. */
  test(files: readonly string[]): readonly Finding[] {
    if (files.length === 0) return [];
    const said = this.#run([
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'unit',
      '--reporter',
      'default',
      ...files,
    ]);
    if (said === undefined) return [];
    const findings = said.split(/^(?=.*\bFAIL\b)/m).flatMap((says) => {
      const file = files.find((each) => says.slice(0, says.indexOf('\n')).includes(each));
      return file === undefined ? [] : [{ file, says }];
    });
    if (findings.length === 0) throw new Error(said);
    return findings;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

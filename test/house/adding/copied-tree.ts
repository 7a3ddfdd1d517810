import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Edit, Finding } from './addition.ts';

const CODE = ['shared', 'functions', 'web', 'infra', 'local', 'events', 'cli', 'bench', 'test'];
const BESIDE = ['tsconfig.json', 'package.json', 'cdk.json', 'vitest.config.ts'];

/** A copy of the project's code, to be changed and compiled. */
export class CopiedTree {
  readonly #folder = mkdtempSync(join(tmpdir(), 'plenary-adding-'));

  /** @param include what of it is compiled */
  constructor(include: readonly string[]) {
    for (const name of [...CODE, ...BESIDE]) {
      const filter = (path: string): boolean => !path.startsWith('test/golden');
      cpSync(name, join(this.#folder, name), { recursive: true, filter });
    }
    symlinkSync(resolve('node_modules'), join(this.#folder, 'node_modules'));
    writeFileSync(this.#at('tsconfig.adding.json'), JSON.stringify({ extends: './tsconfig.json', include }));
  }

  #at(file: string): string {
    return join(this.#folder, file);
  }

  apply({ file, to }: Edit): void {
    const path = this.#at(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, to(existsSync(path) ? readFileSync(path, 'utf8') : ''));
  }

  /** All that the compiler finds, the lines of each finding together. */
  compile(): readonly Finding[] {
    const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
    try {
      const args = [tsc, '-p', 'tsconfig.adding.json', '--noEmit', '--pretty', 'false'];
      execFileSync(process.execPath, args, { cwd: this.#folder, encoding: 'utf8', stdio: 'pipe' });
      return [];
    } catch (error) {
      const said = String((error as { readonly stdout?: unknown }).stdout);
      const findings = said.split(/\n(?=\S)/).flatMap((each) => {
        const [, file, says] = /^(\S+)\(\d+,\d+\): error (TS\d+: [\s\S]*)$/.exec(each) ?? [];
        return file !== undefined && says !== undefined ? [{ file, says: says.trim() }] : [];
      });
      if (findings.length === 0) throw error;
      return findings;
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

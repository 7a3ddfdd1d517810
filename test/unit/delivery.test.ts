import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string;
  readonly if?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
}

const FOLDER = '.github/workflows';
const { scripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  string,
  Record<string, string>
>;
const workflows = readdirSync(FOLDER).map((name) => {
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8');
  return { name, text, ...(parse(text) as { permissions: object; on: object; jobs: Record<string, Job> }) };
});
const jobs = workflows.flatMap((workflow) => Object.entries(workflow.jobs));
const steps = jobs.flatMap(([, job]) => job.steps);

describe('workflows of GitHub', () => {
  it('check, compare and deploy', () => {
    expect(jobs.map(([name]) => name)).toEqual(['check', 'diff', 'deploy']);
  });

  it('use actions by the whole hash of a commit, with the version beside it', () => {
    const used = workflows.flatMap(({ text }) => text.match(/uses: .*/g) ?? []);
    expect(used.length).toBe(steps.filter(({ uses }) => uses).length);
    expect(used.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('may compare by a role that reads templates alone: the lookup role of CDK reads what people wrote', () => {
    const template = readFileSync('node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml', 'utf8');
    const [, lookup = ''] = /^ {2}LookupRole:$(.*?)^ {2}\w+:$/ms.exec(template) ?? [];
    expect(lookup).toContain(':iam::aws:policy/ReadOnlyAccess');
    const [, roles = ''] = readFileSync('docs/operations.md', 'utf8').split('### By GitHub Actions');
    expect(roles).toContain('`cloudformation:GetTemplate`');
    expect(roles).not.toMatch(/role\/cdk-\w+-lookup-role/);
  });

  it('call scripts that there are', () => {
    const runs = steps.flatMap(({ run = '' }) => run.split('\n'));
    const called = runs.flatMap((line) => [...line.matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name));
    expect(called.filter((name) => !['ci', 'audit'].includes(name) && !(name in (scripts ?? {})))).toEqual([]);
    expect(called).toEqual(expect.arrayContaining(['lint', 'types', 'unused', 'test', 'sbom']));
  });

  it('may read, hold no secret, and keep no credential; those alone that take a role may ask for one', () => {
    for (const { permissions, on, text } of workflows) {
      expect(permissions).toEqual({ contents: 'read' });
      expect(on).not.toHaveProperty('pull_request_target');
      expect(text).not.toMatch(/secrets\.|AWS_SECRET|AKIA/);
      // What a stranger can write, such as a title or a branch, is in no script.
      expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
    }
    for (const [name, { permissions, steps }] of jobs) {
      const takesRole = steps.some(({ uses = '' }) => uses.startsWith('aws-actions/'));
      expect(permissions, name).toEqual(takesRole ? { contents: 'read', 'id-token': 'write' } : undefined);
      const [checkout] = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout'));
      expect(checkout?.with, name).toEqual({ 'persist-credentials': false });
    }
  });

  it('deploy what was checked and is on main, in an environment that can ask somebody; a fork is shown no account', () => {
    const { deploy, diff } = Object.fromEntries(jobs);
    expect(deploy).toMatchObject({ needs: 'check', environment: 'production' });
    expect(deploy?.if).toContain("github.event_name == 'push'");
    expect(diff?.if).toContain('head.repo.full_name == github.repository');
  });
});

interface Component {
  readonly name: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
  readonly licenses?: readonly {
    readonly license?: { readonly id?: string; readonly name?: string };
    readonly expression?: string;
  }[];
}

/** Licences that let it be passed on with ours, where one of those offered is; MPL and OFL ask for their own files alone. */
const FREE = /^(MIT|MIT-0|Apache-2\.0|ISC|0BSD|BSD-[23]-Clause|Zlib|OFL-1\.1|MPL-2\.0|BlueOak-1\.0\.0|CC0-1\.0)$/;

describe('the bill of materials', () => {
  it('names every package that runs, each by a licence that lets it be passed on', async () => {
    expect(scripts?.['sbom']).toBe('npm sbom --sbom-format=cyclonedx --sbom-type=application > sbom.cdx.json');
    const asked = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
    const { stdout } = await promisify(execFile)('npm', asked, { maxBuffer: 64_000_000 });
    const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: readonly Component[] };
    expect(bomFormat).toBe('CycloneDX');
    const running = components.filter(
      ({ properties = [] }) => !properties.some(({ name }) => name.endsWith(':development')),
    );
    expect(running.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(dependencies ?? {})));
    const refused = running.filter(({ licenses = [] }) => {
      const offered = licenses.map(({ license, expression }) => expression ?? license?.id ?? license?.name ?? '');
      return !offered
        .join(' OR ')
        .replace(/[()]/g, '')
        .split(' OR ')
        .some((each) => each.split(' AND ').every((one) => FREE.test(one)));
    });
    expect(refused.map(({ name }) => name)).toEqual([]);
  }, 60_000);
});

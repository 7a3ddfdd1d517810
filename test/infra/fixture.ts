import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json' with { type: 'json' };
import { MANIFESTS } from '../../functions/manifests.ts';
import { addPlenary } from '../../infra/app.ts';
import type { FunctionName } from '../../shared/manifest.ts';

/** Keys of `cdk.json`. */
export type Context = Readonly<Record<string, string>>;

/** Stands in for `dist/`: templates depend on the names of built files, never on what is in them. */
export function builtFolder(): string {
  const built = mkdtempSync(join(tmpdir(), 'plenary-built-'));
  for (const name of Object.keys(MANIFESTS)) {
    write(join(built, 'functions', name), 'index.mjs', 'export const handler = () => {};');
  }
  write(join(built, 'web/assets'), 'site-AAAA.css', 'body {}');
  write(join(built, 'web/console'), 'index.html', '<title>Console</title>');
  write(join(built, 'web/checkin'), 'index.html', '<title>Check-in</title>');
  write(join(built, 'web/checkin'), 'sw.js', 'self.onfetch = () => {};');
  write(join(built, 'web'), 'robots.txt', 'User-agent: *');
  return built;
}

/** Plenary as `cdk.json` configures it, but for these keys. */
export function plenaryApp(built: string, context: Context = {}): App {
  const app = new App({ context: { ...cdk.context, ...context }, outdir: join(built, 'cdk.out') });
  addPlenary(app, built);
  return app;
}

/** Of one stack, what CloudFormation is given and what the CDK does besides. */
export interface Synthesised {
  /** After the name of the system. */
  readonly name: string;
  readonly template: CloudFormationTemplate;
  readonly terminationProtection: boolean;
  /** Names of those that are deployed before it. */
  readonly dependencies: readonly string[];
  /** What `cdk deploy` warns of. */
  readonly warnings: readonly string[];
}

export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, CloudFormationResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

export interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** Stacks by configuration: synthesising one takes longer than all that is asked of it. */
const synthesised = new Map<string, readonly Synthesised[]>();

/** The stacks of one configuration, in the order in which they are deployed. */
export function stacksOf(context: Context = {}): readonly Synthesised[] {
  const key = JSON.stringify(context);
  const known = synthesised.get(key);
  if (known !== undefined) return known;
  const built = builtFolder();
  const { stacks } = plenaryApp(built, context).synth();
  const found = stacks.map((stack) => ({
    name: nameOf(stack.stackName),
    template: stack.template as CloudFormationTemplate,
    terminationProtection: stack.terminationProtection ?? false,
    warnings: stack.messages.flatMap(({ level, entry }) => (level === 'warning' ? [String(entry.data)] : [])),
    dependencies: stack.dependencies.flatMap(({ id }) => (id.endsWith('.assets') ? [] : [nameOf(id)])),
  }));
  rmSync(built, { recursive: true });
  synthesised.set(key, found);
  return found;
}

const nameOf = (stack: string): string => stack.slice(stack.indexOf('-') + 1);

export type Templates = Readonly<Record<'Data' | 'Mail' | 'Web' | 'Identity' | 'Api' | 'Pages', Template>>;

/** What CloudFormation is given. */
export const templates = (context: Context = {}): Templates =>
  Object.fromEntries(stacksOf(context).map(({ name, template }) => [name, Template.fromJSON(template)])) as Templates;

export interface Resource {
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy?: string;
}

/** Every resource of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

export const NAMES = Object.keys(MANIFESTS) as FunctionName[];

/** `MailEventsFunction1A2B3C4D` is the function `mail-events`. */
export const functionOf = (logicalId: string): FunctionName | undefined =>
  NAMES.find((name) => logicalId.toLowerCase().startsWith(`${name.replace('-', '')}function`));

function write(folder: string, file: string, content: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
}

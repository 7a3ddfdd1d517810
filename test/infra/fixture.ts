import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { App, AssetStaging } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json' with { type: 'json' };
import { MANIFESTS } from '../../functions/manifests.ts';
import { addPlenary } from '../../infra/app.ts';

/** Keys of `cdk.json`. */
export type Context = Readonly<Record<string, string>>;

/**
 * Stands in for `dist/`: of built files, templates hold the hashes of their folders and nothing else.
 *
 * @param build says which build it is: each has other content, and other names where names have hashes
 */
export function builtFolder(build = 'AAAA'): string {
  const built = mkdtempSync(join(tmpdir(), 'plenary-built-'));
  for (const name of Object.keys(MANIFESTS)) {
    write(join(built, 'functions', name), 'index.mjs', `export const handler = () => '${name} ${build}';`);
  }
  write(join(built, 'web/assets'), `site-${build}.css`, `body { --build: ${build} }`);
  write(join(built, 'web/console'), 'index.html', `<title>Console ${build}</title>`);
  write(join(built, 'web/checkin'), 'index.html', `<title>Check-in ${build}</title>`);
  write(join(built, 'web/checkin'), 'sw.js', `self.onfetch = () => '${build}';`);
  write(join(built, 'web'), 'robots.txt', `User-agent: * # ${build}`);
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
  /** `unknown-region` is that of the deployment. */
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of those that are deployed before it. */
  readonly dependencies: readonly string[];
  /** What `cdk deploy` warns of. */
  readonly warnings: readonly string[];
}

/** Folders and files that are uploaded, by the hash that templates know them by: `functions/site` below `dist/`, or in a package. */
export type Assets = ReadonlyMap<string, string>;

export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, CloudFormationResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>>;
}

export interface CloudFormationResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: readonly string[];
}

interface Synthesis {
  readonly stacks: readonly Synthesised[];
  readonly assets: Assets;
}

/** By configuration: synthesising one takes longer than all that is asked of it. */
const syntheses = new Map<string, Synthesis>();

/** The stacks of one configuration, in the order in which they are deployed. */
export const stacksOf = (context: Context = {}): readonly Synthesised[] => synthesisOf(context).stacks;

export function synthesisOf(context: Context = {}): Synthesis {
  const key = JSON.stringify(context);
  const known = syntheses.get(key);
  if (known !== undefined) return known;
  const synthesis = synthesise(builtFolder(), context);
  syntheses.set(key, synthesis);
  return synthesis;
}

/** @param built is gone afterwards */
export function synthesise(built: string, context: Context = {}): Synthesis {
  const app = plenaryApp(built, context);
  const stacks = app.synth().stacks.map((stack) => ({
    name: nameOf(stack.stackName),
    template: stack.template as CloudFormationTemplate,
    terminationProtection: stack.terminationProtection ?? false,
    region: stack.environment.region,
    tags: stack.tags,
    warnings: stack.messages.flatMap(({ level, entry }) => (level === 'warning' ? [String(entry.data)] : [])),
    dependencies: stack.dependencies.flatMap(({ id }) => (id.endsWith('.assets') ? [] : [nameOf(id)])),
  }));
  rmSync(built, { recursive: true });
  return { stacks, assets: assetsOf(app, built) };
}

const assetsOf = (app: App, built: string): Assets =>
  new Map(
    app.node
      .findAll()
      .filter((each) => each instanceof AssetStaging)
      .map((each) => [each.assetHash, sourceOf(each, built)]),
  );

/** The CDK puts code of its own into a temporary folder first: by which construct, is what stays the same. */
function sourceOf({ sourcePath, node }: AssetStaging, built: string): string {
  if (sourcePath.startsWith(built)) return relative(built, sourcePath);
  const [, inPackage] = sourcePath.split('node_modules/');
  return inPackage ?? node.scope?.node.id ?? '';
}

const nameOf = (stack: string): string => stack.slice(stack.indexOf('-') + 1);

type StackName = 'Data' | 'Mail' | 'Web' | 'Identity' | 'Api' | 'Pages' | 'Watch' | 'Edge' | 'Waf' | 'Dns';
export type Templates = Readonly<Record<StackName, Template>>;

/** What CloudFormation is given; some stacks are there in some configurations alone. */
export const templates = (context: Context = {}): Templates =>
  Object.fromEntries(stacksOf(context).map(({ name, template }) => [name, Template.fromJSON(template)])) as Templates;

export interface Resource {
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy?: string;
}

/** Every resource of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

function write(folder: string, file: string, content: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
}

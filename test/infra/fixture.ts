import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../cdk.json' with { type: 'json' };
import { addPlenary } from '../../infra/app.ts';
import { FUNCTION_ENVIRONMENT, type FunctionName } from '../../shared/env.ts';

/** Stands in for `dist/`: templates depend on the names of built files, never on what is in them. */
export function builtFolder(): string {
  const built = mkdtempSync(join(tmpdir(), 'plenary-built-'));
  for (const name of Object.keys(FUNCTION_ENVIRONMENT)) {
    write(join(built, 'functions', name), 'index.mjs', 'export const handler = () => {};');
  }
  write(join(built, 'web/assets'), 'site-AAAA.css', 'body {}');
  write(join(built, 'web/console'), 'index.html', '<title>Console</title>');
  write(join(built, 'web/checkin'), 'index.html', '<title>Check-in</title>');
  write(join(built, 'web'), 'robots.txt', 'User-agent: *');
  return built;
}

/** Plenary as `cdk.json` configures it, but for these keys. */
export function plenaryApp(built: string, context: Record<string, string> = {}): App {
  const app = new App({ context: { ...cdk.context, ...context }, outdir: join(built, 'cdk.out') });
  addPlenary(app, built);
  return app;
}

export type Templates = Readonly<Record<'Data' | 'Mail' | 'Web' | 'Identity' | 'Api', Template>>;

/** What CloudFormation is given. */
export function templates(context: Record<string, string> = {}): Templates {
  const built = builtFolder();
  const app = plenaryApp(built, context);
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  const byName = stacks.map((stack) => [stack.stackName.split('-')[1], Template.fromStack(stack)]);
  rmSync(built, { recursive: true });
  return Object.fromEntries(byName);
}

export interface Resource {
  readonly Properties: Record<string, never>;
  readonly DeletionPolicy?: string;
}

/** Every resource of one type, by logical id. */
export const resourcesOf = (template: Template, type: string): [string, Resource][] =>
  Object.entries(template.findResources(type) as Record<string, Resource>);

export const NAMES = Object.keys(FUNCTION_ENVIRONMENT) as FunctionName[];

/** `MailEventsFunction1A2B3C4D` is the function `mail-events`. */
export const functionOf = (logicalId: string): FunctionName | undefined =>
  NAMES.find((name) => logicalId.toLowerCase().startsWith(`${name.replace('-', '')}function`));

function write(folder: string, file: string, content: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), content);
}

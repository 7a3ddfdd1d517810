import { existsSync, readFileSync } from 'node:fs';
import { FUNCTION_NAMES } from '../../functions/manifests.ts';
import type { FunctionName } from '../../shared/kernel/manifest.ts';
import type { CloudFormationTemplate } from '../infra/fixture.ts';

/** `MailEventsFunction1A2B3C4D` is the function `mail-events`, `MailEventsLive1A2B3C4D` its alias. */
export const functionOf = (logicalId: string): FunctionName | undefined =>
  FUNCTION_NAMES.find((name) => new RegExp(`^${name.replace('-', '')}(function|live)`, 'i').test(logicalId));

/**
 * What CloudFormation is given of a stack by the configuration of `cdk.json`, as `templates.test.ts` holds it to the letter: to load the
 * CDK and synthesise it anew takes ten seconds.
 */
export function goldenTemplate(stack: string): CloudFormationTemplate | undefined {
  const file = `test/golden/templates/${stack}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

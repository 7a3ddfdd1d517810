import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingsIn, findingsTable } from '../../infra/findings.ts';
import { builtFolder, plenaryApp } from './fixture.ts';

/** Rules that must never be open, whatever else still is: what they find is a mistake, not a choice. */
const NEVER =
  /AwsSolutions-(DDB3|KMS5|S2|S5|S10|SQS2|SQS4|CFR5|CFR6|CFR7|APIG1)|Retention|DefaultTimeout|StarPermissions/;

/** `ses:GetSendQuota` is about the account: IAM takes nothing but `*` for it. What the role may do is compared one by one elsewhere. */
const ASKS_FOR_QUOTA = 'Plenary-Api/Outbox/Role/Resource';

it('prints what cdk-nag finds', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built));
  rmSync(built, { recursive: true });
  console.log(findingsTable(findings));
  expect(findings.filter(({ rule, resource }) => NEVER.test(rule) && resource !== ASKS_FOR_QUOTA)).toEqual([]);
});

it('finds wildcards only in the role of CDK’s own deployment function, and where the account’s quota is asked for', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built)).filter(({ rule }) => /IAM[45]/.test(rule));
  rmSync(built, { recursive: true });
  const ours = findings.filter(({ resource }) => !resource.includes('Custom::CDKBucketDeployment'));
  expect(ours.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([
    `AwsSolutions-IAM5[Resource::*] ${ASKS_FOR_QUOTA}`,
  ]);
});

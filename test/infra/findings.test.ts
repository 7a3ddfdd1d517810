import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACKNOWLEDGED } from '../../infra/acknowledged.ts';
import { findingsIn, findingsTable } from '../../infra/findings.ts';
import { builtFolder, plenaryApp } from './fixture.ts';

/** Rules that must never be open, whatever else still is: what they find is a mistake, not a choice. */
const NEVER =
  /AwsSolutions-(DDB3|KMS5|S2|S5|S10|SQS2|SQS4|CFR5|CFR6|CFR7|APIG1)|Retention|DefaultTimeout|StarPermissions/;

/** `ses:GetSendQuota` and `ses:GetAccount` are about the account: IAM takes nothing but `*` for them. What the roles may do is compared one by one elsewhere. */
const ASK_FOR_ACCOUNT = ['Plenary-Api/Outbox/Role/Resource', 'Plenary-Api/Housekeeping/Role/Resource'];

/** Roles of functions that CDK brings along. */
const OF_CDK = /Custom::CDKBucketDeployment/;

it('prints what cdk-nag finds', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built));
  rmSync(built, { recursive: true });
  console.log(findingsTable(findings));
  const mistakes = findings.filter(({ rule, resource }) => NEVER.test(rule) && !ASK_FOR_ACCOUNT.includes(resource));
  expect(mistakes).toEqual([]);
  expect(new Set(ACKNOWLEDGED.map(({ rule }) => rule)).size).toBeLessThanOrEqual(10);
});

it('finds wildcards only in roles of CDK’s own functions, and where SES is asked about the account', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built)).filter(({ rule }) => /IAM[45]/.test(rule));
  rmSync(built, { recursive: true });
  const ours = findings.filter(({ resource }) => !OF_CDK.test(resource));
  expect(ours.map(({ rule, resource }) => `${rule} ${resource}`).sort()).toEqual(
    ASK_FOR_ACCOUNT.map((resource) => `AwsSolutions-IAM5[Resource::*] ${resource}`).sort(),
  );
});

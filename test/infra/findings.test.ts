import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findingsIn, findingsTable } from '../../infra/findings.ts';
import { builtFolder, plenaryApp } from './fixture.ts';

/** Rules that must never be open, whatever else still is: what they find is a mistake, not a choice. */
const NEVER =
  /AwsSolutions-(DDB3|KMS5|S2|S5|S10|SQS2|SQS4|CFR5|CFR6|CFR7|APIG1)|Retention|DefaultTimeout|StarPermissions/;

/** `ses:GetSendQuota` and `ses:GetAccount` are about the account: IAM takes nothing but `*` for them. What the roles may do is compared one by one elsewhere. */
const ASK_FOR_ACCOUNT = ['Plenary-Api/Outbox/Role/Resource', 'Plenary-Api/Housekeeping/Role/Resource'];

/** What could be recovered as it was at any moment would tell in which order people answered. */
const IS_NOT_RECOVERED = 'AwsSolutions-DDB3 Plenary-Data/Feedback/Resource';

/** At deployment, CDK's own function asks that. */
const ASKS_AT_DEPLOYMENT = 'Plenary-Mail/Ses/Account/CustomResourcePolicy/Resource';

/** Roles of functions that CDK brings along. */
const OF_CDK = /Custom::CDKBucketDeployment|\/AWS679f53fac002430cb0da5b7982bd2287\/ServiceRole/;

it('prints what cdk-nag finds', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built));
  rmSync(built, { recursive: true });
  console.log(findingsTable(findings));
  const mistakes = findings.filter(({ rule, resource }) => NEVER.test(rule) && !ASK_FOR_ACCOUNT.includes(resource));
  expect(mistakes.map(({ rule, resource }) => `${rule} ${resource}`)).toEqual([IS_NOT_RECOVERED]);
});

it('finds wildcards only in roles of CDK’s own functions, and where SES is asked about the account', () => {
  const built = builtFolder();
  const findings = findingsIn(plenaryApp(built)).filter(({ rule }) => /IAM[45]/.test(rule));
  rmSync(built, { recursive: true });
  const ours = findings.filter(({ resource }) => !OF_CDK.test(resource));
  expect(ours.map(({ rule, resource }) => `${rule} ${resource}`).sort()).toEqual(
    [ASKS_AT_DEPLOYMENT, ...ASK_FOR_ACCOUNT].map((resource) => `AwsSolutions-IAM5[Resource::*] ${resource}`).sort(),
  );
});

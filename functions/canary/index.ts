import { SSMClient } from '@aws-sdk/client-ssm';
import { canaryKeysReader, flyCanary } from '../../shared/checkin/canary.case.ts';
import { batchHandler } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { manifest } from './function.ts';

/** @param ssm that is asked for the keys */
export const realDeps = (ssm = new SSMClient({})) =>
  depsOf(manifest, { ssm }, { siteUrl: ({ siteUrl }) => siteUrl, readCanaryKeys: canaryKeysReader });

/** Tries what people do. What fails is in the log, by its step, and fails the call. */
export const handler = batchHandler(() => flyCanary(realDeps()));

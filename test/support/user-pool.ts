import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listen } from '../../local/http.ts';
import { type Factors, loadFactors } from '../../local/identity/factors.ts';
import type { SamplePerson } from '../../local/identity/people.ts';
import { answerForPool, POOL_ID } from '../../local/identity/pool.ts';
import { ENVIRONMENT } from '../../shared/kernel/env.ts';

export interface UserPool {
  /** Accounts may be added and removed. */
  readonly people: SamplePerson[];
  readonly factors: Factors;
  /** Calls that came, in their order, without what was asked. */
  readonly calls: string[];
  /** The error that each call of a name is answered with, until it is taken away. */
  readonly faults: Map<string, string>;
  stop(): Promise<void>;
}

/** Cognito's protocol for handlers that run in this process. Set before a handler is imported. */
export async function startUserPool(): Promise<UserPool> {
  const directory = await mkdtemp(join(tmpdir(), 'plenary-test-'));
  const factors = await loadFactors(join(directory, 'factors.json'));
  const people: SamplePerson[] = [];
  const calls: string[] = [];
  const faults = new Map<string, string>();
  const server = await listen((request, response) => {
    const name = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    calls.push(name);
    const fault = faults.get(name);
    if (fault === undefined) return void answerForPool({ people, factors }, request, response);
    request.resume();
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ __type: fault }));
  }, 0);
  process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'] = `http://127.0.0.1:${server.port}`;
  process.env[ENVIRONMENT.userPool] = POOL_ID;
  return {
    people,
    factors,
    calls,
    faults,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

import type { Handle } from '../../shared/kernel/http/handler.case.ts';
import { cachedBriefly, json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';

export const getConsoleConfig =
  (deps: Deps): Handle<'getConsoleConfig'> =>
  async () =>
    cachedBriefly(json(200, deps.signIn));

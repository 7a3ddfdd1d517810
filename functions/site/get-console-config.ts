import type { Handle } from '../../shared/http/handler.ts';
import { cachedBriefly, json } from '../../shared/http/reply.ts';
import type { Deps } from './deps.ts';

export const getConsoleConfig =
  (deps: Deps): Handle<'getConsoleConfig'> =>
  async () =>
    cachedBriefly(json(200, deps.signIn));

import { bringIn } from '../../shared/checking-in/bring-in/bring-in.ts';
import { bringInShutOut } from '../../shared/checking-in/hand-over/shut-out.ts';
import { guarded } from '../../shared/kernel/http/guarded.case.ts';
import type { Guarded } from '../../shared/kernel/http/handler.case.ts';
import { json } from '../../shared/kernel/http/reply.ts';
import type { Deps } from './deps.ts';
import { anyDeviceOf } from './device-of.ts';
import { eventOf } from './event-of.ts';
import { countScans } from './note-talk.ts';

/** Milliseconds after which no further scan of a batch is begun: the function has ten seconds, and what is left comes again. */
const TIME = 6_000;

/** Keeps what a phone scanned, also once its shift is over or it was shut out: one answer for each scan. */
export const postScans = (deps: Deps): Guarded<'postScans'> =>
  guarded(
    async ({ authorization }) => {
      const until = deps.system.now().getTime() + TIME;
      return { until, ...(await anyDeviceOf(deps, authorization)) };
    },
    async ({ body: { scans } }, { until, device, standing }) => {
      const bringing = { device, event: await eventOf(deps, device), until };
      if (standing !== 'revoked') {
        const answers = await bringIn(deps, bringing, scans);
        await countScans(deps, device, answers.filter(({ result }) => result === 'kept').length);
        return json(200, { answers });
      }
      return json(200, { answers: await bringInShutOut(deps, bringing, scans), isRevoked: true });
    },
  );

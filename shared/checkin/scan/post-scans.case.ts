import { type Guarded, guarded } from '../../kernel/http/handler.case.ts';
import { json } from '../../kernel/http/reply.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { anyDeviceOf, eventOfDevice } from '../actors.case.ts';
import { countScans } from '../device/known-device.case.ts';
import type { CHECKIN_ROUTES } from '../devices.routes.ts';
import { bringInShutOut } from '../held-scans/hold-scans.case.ts';
import { bringIn } from './bring-in.case.ts';
import type { ScanDeps } from './keep-scan.case.ts';

type Deps = ScanDeps & Needs<'events'>;

/** Milliseconds after which no further scan of a batch is begun: the function has ten seconds, and what is left comes again. */
const TIME = 6_000;

/** Keeps what a phone scanned, also once its shift is over or it was shut out: one answer for each scan. */
export const postScans = (deps: Deps): Guarded<typeof CHECKIN_ROUTES.postScans> =>
  guarded(
    async ({ authorization }) => {
      const until = deps.system.now().getTime() + TIME;
      return { until, ...(await anyDeviceOf(deps, authorization)) };
    },
    async ({ body: { scans } }, { until, device, standing }) => {
      const bringing = { device, event: await eventOfDevice(deps, device), until };
      if (standing !== 'revoked') {
        const answers = await bringIn(deps, bringing, scans);
        await countScans(deps, device, answers.filter(({ result }) => result === 'kept').length);
        return json(200, { answers });
      }
      return json(200, { answers: await bringInShutOut(deps, bringing, scans), isRevoked: true });
    },
  );

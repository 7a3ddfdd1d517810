import type { JobKind } from '../../shared/domain/job.ts';
import type { Deps } from './deps.ts';
import { promoteWaiting } from './promote-waiting.ts';

const JOBS: Readonly<Record<JobKind, (deps: Deps, eventId: string) => Promise<void>>> = { promote: promoteWaiting };

/** Does a job and then forgets it: after a crash in between it is done again, which changes nothing. */
export async function doJob(deps: Deps, id: string): Promise<void> {
  const job = await deps.jobs.read(id);
  if (job === undefined) return;
  await JOBS[job.job](deps, job.eventId);
  await deps.jobs.forget(id);
}

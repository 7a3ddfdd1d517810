import { tellChanges } from './announcements/tell-changes.case.ts';
import { announceToAll, forgetInMessages } from './announcements/timed/announce.case.ts';
import { countResults } from './announcements/write/results.case.ts';
import { resetAttendance } from './checkin/attendance/keep-attendance.case.ts';
import { forgetGreeted } from './checkin/greet/greet.case.ts';
import { anonymiseCheckIns, transferAttendance } from './checkin/review/carry-check-ins.case.ts';
import type { JobKind } from './event/job.ts';
import { deleteLeftovers } from './event/publish/delete-event.case.ts';
import { logger } from './kernel/log.store.ts';
import type { Needs } from './kernel/parts.store.ts';
import type { Job } from './mail/outbox/outbox-items.store.ts';
import { doBulk } from './registration/bulk/do-bulk.case.ts';
import { forgetInBulks } from './registration/bulk/settle-bulk.case.ts';
import { keepRegistrations } from './registration/change/keep-registrations.case.ts';
import { clearUnproven } from './registration/decide/ask-unproven.case.ts';
import { lapse } from './registration/decide/decide.case.ts';
import { promoteWaiting } from './registration/decide/promote-waiting.case.ts';
import { releaseChosen } from './registration/decide/release-unproven.case.ts';
import { keepPeople, makePeople } from './registration/people/keep-people.case.ts';
import { PLACES } from './registration/people/people.store.ts';
import { dropTag } from './registration/tags/tags.case.ts';

export type ErasureDeps = Needs<
  | 'announcements'
  | 'auditTable'
  | 'bulks'
  | 'careTable'
  | 'changes'
  | 'checkIns'
  | 'client'
  | 'jobs'
  | 'people'
  | 'readRules'
  | 'registrations'
  | 'registry'
  | 'system'
>;

type Deps = Needs<
  | 'announcements'
  | 'announcing'
  | 'attendanceIndex'
  | 'attendanceMemory'
  | 'auditTable'
  | 'bulks'
  | 'careTable'
  | 'changedEvents'
  | 'changes'
  | 'checkIns'
  | 'client'
  | 'delegations'
  | 'digestWriter'
  | 'feedbackTable'
  | 'jobs'
  | 'mail'
  | 'outboxTable'
  | 'people'
  | 'peopleMemory'
  | 'pools'
  | 'publishing'
  | 'readRules'
  | 'registrations'
  | 'registry'
  | 'results'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'tags'
  | 'unproven'
  | 'wakeUps'
  | 'waitlist'
  | 'waitlistMemory'
>;

/**
 * Leaves nothing of an erased person where only jobs look, which are written as they are erased. A restore does them on tables that no system
 * works on yet.
 */
export const ERASURE_JOBS: Readonly<
  Record<'index-people' | 'unname-check-ins', (deps: ErasureDeps, job: Job) => Promise<void>>
> = {
  'index-people': async (deps, job) => {
    await keepPeople(deps, job);
    await forgetInBulks(deps, job);
    await forgetInMessages(deps, job);
    await forgetGreeted(deps, job);
  },
  'unname-check-ins': ({ checkIns }, { eventId, reference = '' }) => anonymiseCheckIns(checkIns, eventId, reference),
};

const JOBS: Readonly<Record<JobKind, (deps: Deps, job: Job) => Promise<void>>> = {
  promote: (deps, { eventId }) => promoteWaiting(deps, eventId),
  lapse,
  announce: announceToAll,
  'tell-changes': (deps, { eventId }) => tellChanges(deps, eventId),
  keep: (deps, { eventId }) => keepRegistrations(deps, eventId),
  'carry-check-ins': transferAttendance,
  'release-unproven': releaseChosen,
  'clear-unproven': clearUnproven,
  ...ERASURE_JOBS,
  'make-people': async (deps, job) => {
    await makePeople(deps, job);
    await resetAttendance(deps, job);
  },
  'do-bulk': doBulk,
  'drop-tag': (deps, job) => dropTag(deps, job, PLACES),
  'count-results': countResults,
  'delete-event': deleteLeftovers,
};

/**
 * Does a job whose time has come and then forgets it: after a crash in between it is done again, which changes nothing.
 * One that is to wait is found again by its time, to the second where a queue holds its id until then.
 */
export async function doJob(deps: Deps, id: string): Promise<void> {
  const job = await deps.jobs.read(id);
  if (job === undefined) return;
  if (isTooEarly(job, deps.system.now())) return wakeInTime(deps, job);
  await JOBS[job.job](deps, job);
  await deps.jobs.forget(id);
}

/** A sweep finds what the queue does not take: others are not to wait for that. */
async function wakeInTime({ wakeUps }: Deps, { id, notBefore = '' }: Job): Promise<void> {
  await wakeUps.ask(id, new Date(notBefore)).catch((error: unknown) => {
    logger.warn('no wake-up for a job', { jobId: id, reason: error instanceof Error ? error.name : 'unknown' });
  });
}

const isTooEarly = ({ notBefore }: Job, now: Date): boolean =>
  notBefore !== undefined && Date.parse(notBefore) > now.getTime();

/** One run must end well within the function's 30 seconds; the next one goes on from there. */
const MOST = 100;

/**
 * Does the jobs that had to wait until now. One that fails is tried again by the next run, after all that were due before: many that fail
 * keep none of the others from their turn.
 */
export async function doDueJobs(deps: Deps): Promise<void> {
  const now = deps.system.now();
  for (const id of await deps.jobs.due(now, MOST)) {
    const report = (what: string) => (error: unknown) => logger.error(what, { error, jobId: id });
    await doJob(deps, id).catch(async (error: unknown) => {
      report('job not done')(error);
      await deps.jobs.defer(id, now).catch(report('job not deferred'));
    });
  }
}

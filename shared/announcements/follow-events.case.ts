import { logError } from '../kernel/log.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { keepCare } from '../minors/keep-care.case.ts';
import { watchReports } from '../minors/report/watch-reports.case.ts';
import { tellGuardians } from './tell-guardians.case.ts';

type Deps = Needs<
  | 'guardianNews'
  | 'keptCare'
  | 'listEvents'
  | 'readRules'
  | 'reportNotices'
  | 'reports'
  | 'roles'
  | 'secrets'
  | 'system'
  | 'young'
>;

/**
 * What follows from changes of events that others make, who cannot read `Care`: it keeps what is in it for as long as they say by now, and
 * guardians are told of them; and who reads reports of what waits to be opened. A timer asks for it. Where one event fails, the others go on.
 */
export async function followEvents(deps: Deps): Promise<void> {
  const events = await deps.listEvents();
  for (const eventId of events) await attempt('care not kept', eventId, () => keepCare(deps, eventId));
  for (const eventId of events) await attempt('guardians not told', eventId, () => tellGuardians(deps, eventId));
  for (const eventId of events) await attempt('reports not watched', eventId, () => watchReports(deps, eventId));
}

async function attempt(failure: string, eventId: string, follow: () => Promise<void>): Promise<void> {
  try {
    await follow();
  } catch (error) {
    logError(failure, error, { eventId });
  }
}

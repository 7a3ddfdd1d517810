import { KMSClient } from '@aws-sdk/client-kms';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { followEvents } from '../../shared/announcements/follow-events.case.ts';
import { guardianNewsStore } from '../../shared/announcements/told.store.ts';
import { arrangeNeed, countNeeds, exportNeedCounts, listNeeds } from '../../shared/care/care.case.ts';
import { CARE_ROUTES } from '../../shared/care/care.routes.ts';
import { careNeedsStore } from '../../shared/care/care.store.ts';
import { eventLister, eventStore, rememberedRules } from '../../shared/event/event.store.ts';
import { changedEvents } from '../../shared/event/job.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { batchHandler, watched } from '../../shared/kernel/log.store.ts';
import type { TimerInputOf } from '../../shared/kernel/manifest.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { askChaperone, nameChaperone, vetChaperone } from '../../shared/minors/chaperone/ask-chaperone.case.ts';
import { tieStore } from '../../shared/minors/chaperone/tie.store.ts';
import { postAskGuardian } from '../../shared/minors/consent/ask-guardian.case.ts';
import { giveConsent, postConsent, showConsent } from '../../shared/minors/consent/consent.case.ts';
import { GUARDIAN_ROUTES } from '../../shared/minors/consent/guardian.routes.ts';
import { decidePaper, recordPaper } from '../../shared/minors/consent/paper.case.ts';
import { withdrawForGuardian } from '../../shared/minors/consent/take-back.case.ts';
import { checkHandoverCode, reopenHandoverCode, showHandover } from '../../shared/minors/handover/handover.case.ts';
import { handoverStore } from '../../shared/minors/handover/handover.store.ts';
import { decideHandover, makeHandoverCode, noteHandover } from '../../shared/minors/handover/handover-on-paper.case.ts';
import { keptCareStore } from '../../shared/minors/kept-care.store.ts';
import { listMinors, showMinor } from '../../shared/minors/minors.case.ts';
import {
  listAlikeReports,
  listReports,
  postReport,
  readReport,
  showReport,
  showUnopenedReports,
  stepReport,
} from '../../shared/minors/report/report.case.ts';
import { reportStore } from '../../shared/minors/report/report.store.ts';
import { reportNoticeStore } from '../../shared/minors/report/report-notice.store.ts';
import { SAFEGUARDING_ROUTES } from '../../shared/minors/safeguarding.routes.ts';
import { youngStore } from '../../shared/minors/young.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      events: eventStore,
      registrations: registrationStore,
      changes: changeStore,
      young: youngStore,
      handovers: handoverStore,
      reports: reportStore,
      reportNotices: reportNoticeStore,
      careNeeds: careNeedsStore,
      guardianNews: guardianNewsStore,
      keptCare: keptCareStore,
      readRules: rememberedRules,
      listEvents: eventLister,
      changedEvents,
      people: peopleStore,
      peopleMemory: () => new Map(),
      ties: tieStore,
      roles: roleStore,
      write: writer,
      tables: ({ registry, outbox, care }) => ({ registry, outbox, care }),
    },
  );

type Deps = ReturnType<typeof realDeps>;

/** What is for those who run an event. */
const GUARDED_ROUTES = { ...SAFEGUARDING_ROUTES, ...CARE_ROUTES };

let deps: Deps | undefined;
const started = (): Deps => {
  deps ??= realDeps();
  return deps;
};

const answer = httpHandler<RoutesOf<'care'>>(
  { ...GUARDIAN_ROUTES, ...GUARDED_ROUTES },
  () => {
    const deps = started();
    return {
      postAskGuardian: postAskGuardian(deps),
      showConsent: showConsent(deps),
      postConsent: postConsent(deps),
      giveConsent: giveConsent(deps),
      showReport: showReport(deps),
      postReport: postReport(deps),
      ...permitted<RoutesOf<'care'>>(GUARDED_ROUTES, deps.roles, {
        listMinors: listMinors(deps),
        showMinor: showMinor(deps),
        showHandover: showHandover(deps),
        checkHandoverCode: checkHandoverCode(deps),
        reopenHandoverCode: reopenHandoverCode(deps),
        noteHandover: noteHandover(deps),
        decideHandover: decideHandover(deps),
        makeHandoverCode: makeHandoverCode(deps),
        recordPaper: recordPaper(deps),
        decidePaper: decidePaper(deps),
        nameChaperone: nameChaperone(deps),
        askChaperone: askChaperone(deps),
        vetChaperone: vetChaperone(deps),
        withdrawForGuardian: withdrawForGuardian(deps),
        listReports: listReports(deps),
        listAlikeReports: listAlikeReports(deps),
        showUnopenedReports: showUnopenedReports(deps),
        readReport: readReport(deps),
        stepReport: stepReport(deps),
        countNeeds: countNeeds(deps),
        exportNeedCounts: exportNeedCounts(deps),
        listNeeds: listNeeds(deps),
        arrangeNeed: arrangeNeed(deps),
      }),
    };
  },
  problemPage,
);

const follow = batchHandler((_: TimerInputOf<typeof manifest>) => followEvents(started()));

/**
 * Everything that may read `Care`: guardians' consent, reports about children, what those do who look after them, and what the care team
 * arranges; and, when a timer asks for it, what follows from changes of events.
 */
export const handler = (event: APIGatewayProxyEventV2 | TimerInputOf<typeof manifest>, context: Context) =>
  'timer' in event ? follow(event, context) : answer(event, context);

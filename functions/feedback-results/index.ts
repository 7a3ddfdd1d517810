import { KMSClient } from '@aws-sdk/client-kms';
import { countsMemory } from '../../shared/checkin/attendance/attendance.store.ts';
import { attendanceIndex } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { feedbackStore } from '../../shared/feedback/result/feedback.store.ts';
import { FEEDBACK_RESULTS_ROUTES } from '../../shared/feedback/result/feedback-results.routes.ts';
import { changeForm, listFeedback } from '../../shared/feedback/result/overview.case.ts';
import {
  exportFeedback,
  exportFeedbackTexts,
  listFeedbackTexts,
  showFeedback,
} from '../../shared/feedback/result/results.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { attempter, writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      roles: roleStore,
      events: eventStore,
      feedback: ({ kms, feedbackKey, feedback, system }) =>
        feedbackStore(client, feedback, kmsAnswerSealing(kms, feedbackKey, system), system),
      counts: countsMemory,
      people: peopleStore,
      peopleMemory: () => new Map(),
      attendanceIndex,
      attendanceMemory: () => new Map(),
      write: writer,
      attempt: attempter,
    },
  );

/** What those who run an event see of feedback, and decide about it. */
export const handler = httpHandler<RoutesOf<'feedback-results'>>(FEEDBACK_RESULTS_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'feedback-results'>>(FEEDBACK_RESULTS_ROUTES, deps.roles, {
    listFeedback: listFeedback(deps),
    showFeedback: showFeedback(deps),
    exportFeedback: exportFeedback(deps),
    listFeedbackTexts: listFeedbackTexts(deps),
    exportFeedbackTexts: exportFeedbackTexts(deps),
    changeForm: changeForm(deps),
  });
});

import { KMSClient } from '@aws-sdk/client-kms';
import { countsMemory } from '../../shared/checkin/attendance/attendance.store.ts';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { answerBox } from '../../shared/feedback/result/feedback.store.ts';
import { keyMemory } from '../../shared/feedback/token/feedback-keys.case.ts';
import { kmsSealing } from '../../shared/feedback/token/feedback-keys.store.ts';
import { FEEDBACK_TOKEN_ROUTES } from '../../shared/feedback/token/feedback-tokens.routes.ts';
import { issueFeedbackToken, makeFeedbackPass } from '../../shared/feedback/token/issue-token.case.ts';
import { namedMemory } from '../../shared/feedback/token/named.case.ts';
import { postMyFeedback, showMyFeedback } from '../../shared/feedback/token/own-pages.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { manifest } from './function.ts';

export function realDeps(client = documentClient()) {
  const counts = countsMemory({ client, registry: readEnvironment(manifest).registry, system: realSystem });
  return depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      registrations: registrationStore,
      counts: () => counts,
      keysOf: ({ kms, feedbackKey, ...given }) => keyMemory({ ...given, sealing: kmsSealing(kms, feedbackKey) }),
      namedFor: (given) => namedMemory({ ...given, counts }),
      box: ({ kms, feedbackKey, feedback, system }) =>
        answerBox(client, feedback, kmsAnswerSealing(kms, feedbackKey, system), system),
    },
  );
}

/** Says that people attended, and sees no answer. */
export const handler = httpHandler<RoutesOf<'feedback-tokens'>>(
  FEEDBACK_TOKEN_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showMyFeedback: showMyFeedback(deps),
      postMyFeedback: postMyFeedback(deps),
      makeFeedbackPass: makeFeedbackPass(deps),
      issueFeedbackToken: issueFeedbackToken(deps),
    };
  },
  problemPage,
);

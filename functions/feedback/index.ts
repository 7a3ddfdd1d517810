import { KMSClient } from '@aws-sdk/client-kms';
import { kmsAnswerSealing } from '../../shared/feedback/answer/answer-sealing.store.ts';
import { FEEDBACK_ROUTES } from '../../shared/feedback/answer/feedback.routes.ts';
import { postFeedbackForm, sendFeedback } from '../../shared/feedback/answer/send-feedback.case.ts';
import { formMemory } from '../../shared/feedback/form/form-settings.store.ts';
import { showFeedbackForm, showFeedbackThanks } from '../../shared/feedback/form/open-form.case.ts';
import { answerBox } from '../../shared/feedback/result/feedback.store.ts';
import { getFeedbackKeys, publicKeyMemory } from '../../shared/feedback/token/public-keys.case.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      formsOf: formMemory,
      publicKeysOf: publicKeyMemory,
      box: ({ kms, feedbackKey, feedback, system }) =>
        answerBox(client, feedback, kmsAnswerSealing(kms, feedbackKey, system), system),
    },
  );

/** Takes answers from nobody in particular. */
export const handler = httpHandler<RoutesOf<'feedback'>>(
  FEEDBACK_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showFeedbackForm: showFeedbackForm(deps),
      postFeedbackForm: postFeedbackForm(deps),
      showFeedbackThanks: showFeedbackThanks(deps),
      getFeedbackKeys: getFeedbackKeys(deps),
      sendFeedback: sendFeedback(deps),
    };
  },
  problemPage,
);

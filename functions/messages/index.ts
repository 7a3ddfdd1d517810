import { MESSAGE_ROUTES } from '../../shared/contract/routes/organiser/messages.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { realDeps } from './deps.ts';
import { listMessages } from './list.ts';
import { previewMessage } from './preview.ts';
import { sendMessage } from './send.ts';
import { testMessage } from './send-test.ts';
import { showMessage } from './show.ts';
import { stopMessage } from './stop.ts';

/** What those who run an event write to many. */
export const handler = httpHandler<'messages'>(MESSAGE_ROUTES, () => {
  const deps = realDeps();
  return permitted<'messages'>(MESSAGE_ROUTES, deps.roles, {
    listMessages: listMessages(deps),
    previewMessage: previewMessage(deps),
    testMessage: testMessage(deps),
    sendMessage: sendMessage(deps),
    showMessage: showMessage(deps),
    stopMessage: stopMessage(deps),
  });
});

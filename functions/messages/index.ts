import { MESSAGE_ROUTES } from '../../shared/announcements/messages.routes.ts';
import { listMessages } from '../../shared/announcements/write/list.case.ts';
import { previewMessage } from '../../shared/announcements/write/preview.case.ts';
import { sendMessage } from '../../shared/announcements/write/send.case.ts';
import { testMessage } from '../../shared/announcements/write/send-test.case.ts';
import { showMessage } from '../../shared/announcements/write/show.case.ts';
import { stopMessage } from '../../shared/announcements/write/stop.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { permitted } from '../../shared/team/role/permitted.case.ts';
import { realDeps } from './deps.ts';

/** What those who run an event write to many. */
export const handler = httpHandler<RoutesOf<'messages'>>(MESSAGE_ROUTES, () => {
  const deps = realDeps();
  return permitted<RoutesOf<'messages'>>(MESSAGE_ROUTES, deps.roles, {
    listMessages: listMessages(deps),
    previewMessage: previewMessage(deps),
    testMessage: testMessage(deps),
    sendMessage: sendMessage(deps),
    showMessage: showMessage(deps),
    stopMessage: stopMessage(deps),
  });
});

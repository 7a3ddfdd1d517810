import { KMSClient } from '@aws-sdk/client-kms';
import { announcementStore } from '../../shared/announcements/announcement.store.ts';
import { MESSAGE_ROUTES } from '../../shared/announcements/messages.routes.ts';
import { mailStore } from '../../shared/announcements/write/mail.store.ts';
import { listMessages, showMessage, stopMessage } from '../../shared/announcements/write/messages.case.ts';
import { resultsStore } from '../../shared/announcements/write/results.store.ts';
import { previewMessage, sendMessage, testMessage } from '../../shared/announcements/write/send.case.ts';
import { attendanceIndex } from '../../shared/checkin/attendance/attendance-index.store.ts';
import { stoppedDelegations } from '../../shared/delegation/delegation.store.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { attempter, writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
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
      secrets: kmsSecrets,
      roles: roleStore,
      events: eventStore,
      announcements: announcementStore,
      mail: mailStore,
      results: resultsStore,
      resultsMemory: () => new Map(),
      people: peopleStore,
      peopleMemory: () => new Map(),
      attendanceIndex,
      attendanceMemory: () => new Map(),
      stoppedDelegations,
      write: writer,
      attempt: attempter,
    },
  );

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

import { KMSClient } from '@aws-sdk/client-kms';
import { enrolDevice } from '../../shared/checkin/device/enrol.case.ts';
import { CHECKIN_ROUTES, ROSTER_ROUTES } from '../../shared/checkin/devices.routes.ts';
import { getRoster } from '../../shared/checkin/roster/get-roster.case.ts';
import { postScans } from '../../shared/checkin/scan/post-scans.case.ts';
import { searchPeople } from '../../shared/checkin/search/search-people.case.ts';
import { getTicketKeys } from '../../shared/checkin/ticket-keys.case.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { writer } from '../../shared/kernel/dynamo/transact.store.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { peopleStore } from '../../shared/registration/people/people.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { kmsTicketKey } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      events: eventStore,
      secrets: kmsSecrets,
      people: peopleStore,
      peopleMemory: () => new Map(),
      write: writer,
      ticketKey: kmsTicketKey,
      formerTicketKeys: publicKeys,
    },
  );

/** Public keys whose tickets are still good, as the manifest has them. */
function publicKeys({ formerTicketKeys }: { readonly formerTicketKeys: string }): readonly Uint8Array[] {
  return (JSON.parse(formerTicketKeys) as readonly string[]).map((key) => Buffer.from(key, 'base64url'));
}

/** What the phones at the doors do. */
export const handler = httpHandler<RoutesOf<'checkin'>>({ ...CHECKIN_ROUTES, ...ROSTER_ROUTES }, () => {
  const deps = realDeps();
  return {
    enrolDevice: enrolDevice(deps),
    getRoster: getRoster(deps),
    getTicketKeys: getTicketKeys(deps),
    postScans: postScans(deps),
    searchPeople: searchPeople(deps),
  };
});

import { KMSClient } from '@aws-sdk/client-kms';
import { postJoin, showJoin } from '../../shared/checkin/attendance/join.case.ts';
import { hideFromCoordinator, showToCoordinator } from '../../shared/delegation/coordinator.case.ts';
import { coordinatorMailStore, delegationStore } from '../../shared/delegation/delegation.store.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { acceptChaperoning, declineChaperoning } from '../../shared/minors/chaperone/chaperone.case.ts';
import { cancel, endUnclaimed, takeBackCancellation } from '../../shared/minors/end-young.case.ts';
import { youngStore } from '../../shared/minors/young.store.ts';
import { ATTENDEE_ROUTES } from '../../shared/registration/attendee.routes.ts';
import { cancelRegistration, showCancel } from '../../shared/registration/cancel/cancel.case.ts';
import { addressChangeReader } from '../../shared/registration/change/address-change.store.ts';
import {
  amendRegistration,
  postAmend,
  postOnline,
  showAmend,
  showOnline,
} from '../../shared/registration/change/amend.case.ts';
import {
  postAddress,
  postAddressLink,
  showAddress,
  showAddressLink,
} from '../../shared/registration/change/change-address.case.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
import { postRegistration } from '../../shared/registration/link/press-button.case.ts';
import {
  getRegistration,
  showLetter,
  showRegistration,
} from '../../shared/registration/link/show-registration.case.ts';
import { postUnsubscribe, showUnsubscribe } from '../../shared/registration/link/unsubscribe.case.ts';
import { lockStore } from '../../shared/registration/lock.store.ts';
import { registrationStore } from '../../shared/registration/registration.store.ts';
import type { RoutesOf } from '../../shared/routes.ts';
import { kmsTicketSigner } from '../../shared/ticket/ticket-key.store.ts';
import { manifest } from './function.ts';

export const realDeps = (client = documentClient()) =>
  depsOf(
    manifest,
    { client, kms: watched(new KMSClient({})) },
    {
      secrets: kmsSecrets,
      signer: kmsTicketSigner,
      registrations: registrationStore,
      changes: changeStore,
      locks: lockStore,
      readAddressChange: addressChangeReader,
      young: youngStore,
      delegations: delegationStore,
      coordinatorMail: coordinatorMailStore,
      events: eventStore,
      tables: ({ registry, outbox, care }) => ({ registry, outbox, care }),
    },
  );

/** What the holder of a registration's link may do with it, but for what is kept apart from it. */
export const handler = httpHandler<RoutesOf<'attendee'>>(
  ATTENDEE_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showRegistration: showRegistration(deps),
      postRegistration: postRegistration(deps, {
        cancel: (held) => cancel(deps, held),
        'undo-cancel': (held) => takeBackCancellation(deps, held),
        'chaperone-accept': (held) => acceptChaperoning(deps, held),
        'chaperone-decline': (held) => declineChaperoning(deps, held),
        'show-coordinator': (held) => showToCoordinator(deps, held),
        'hide-coordinator': (held) => hideFromCoordinator(deps, held),
      }),
      getRegistration: getRegistration(deps),
      amendRegistration: amendRegistration(deps),
      showAmend: showAmend(deps),
      postAmend: postAmend(deps),
      cancelRegistration: cancelRegistration(deps, (held) => cancel(deps, held)),
      showCancel: showCancel(deps),
      showOnline: showOnline(deps),
      postOnline: postOnline(deps),
      showAddress: showAddress(deps),
      postAddress: postAddress(deps),
      showAddressLink: showAddressLink(deps),
      postAddressLink: postAddressLink(deps, (held) => endUnclaimed(deps, held)),
      showUnsubscribe: showUnsubscribe(deps),
      postUnsubscribe: postUnsubscribe(deps),
      showLetter: showLetter(deps),
      showJoin: showJoin(deps),
      postJoin: postJoin(deps),
    };
  },
  problemPage,
);

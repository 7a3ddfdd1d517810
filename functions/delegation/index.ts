import { KMSClient } from '@aws-sdk/client-kms';
import { DELEGATION_ROUTES } from '../../shared/delegation/delegation.routes.ts';
import { postPeople, showPeople } from '../../shared/delegation/people/add-people.case.ts';
import { postPerson, showPerson } from '../../shared/delegation/person/person.case.ts';
import { postSubstitute, showSubstitute } from '../../shared/delegation/person/substitute.case.ts';
import { postDelegation } from '../../shared/delegation/press-button.case.ts';
import { rosterStore } from '../../shared/delegation/roster.store.ts';
import { getDelegationTable, showDelegation, showTickets } from '../../shared/delegation/show-delegation.case.ts';
import { postDelegationStart, showDelegationStart } from '../../shared/delegation/start.case.ts';
import { eventStore } from '../../shared/event/event.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { problemPage } from '../../shared/kernel/http/form-again.case.ts';
import { httpHandler } from '../../shared/kernel/http/handler.case.ts';
import { kmsSecrets } from '../../shared/kernel/keys/secrets.store.ts';
import { watched } from '../../shared/kernel/log.store.ts';
import { depsOf } from '../../shared/kernel/parts.store.ts';
import { submissionStore } from '../../shared/registration/apply/submission.store.ts';
import { addressChangeReader } from '../../shared/registration/change/address-change.store.ts';
import { changeStore } from '../../shared/registration/change.store.ts';
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
      events: eventStore,
      submissions: submissionStore,
      changes: changeStore,
      registrations: registrationStore,
      locks: lockStore,
      rosters: rosterStore,
      readAddressChange: addressChangeReader,
      tables: ({ registry, outbox, care }) => ({ registry, outbox, care }),
    },
  );

/** What the coordinator of a delegation does. */
export const handler = httpHandler<RoutesOf<'delegation'>>(
  DELEGATION_ROUTES,
  () => {
    const deps = realDeps();
    return {
      showDelegationStart: showDelegationStart(deps),
      postDelegationStart: postDelegationStart(deps),
      getDelegationTable: getDelegationTable(deps),
      showDelegation: showDelegation(deps),
      postDelegation: postDelegation(deps),
      showTickets: showTickets(deps),
      showPeople: showPeople(deps),
      postPeople: postPeople(deps),
      showPerson: showPerson(deps),
      postPerson: postPerson(deps),
      showSubstitute: showSubstitute(deps),
      postSubstitute: postSubstitute(deps),
    };
  },
  problemPage,
);

import { KMSClient } from '@aws-sdk/client-kms';
import { type GuardianNewsStore, guardianNewsStore } from '../../shared/announcements/guardian-news.store.ts';
import { type CareNeedsStore, careNeedsStore } from '../../shared/care/care-needs.store.ts';
import { type EventStore, eventStore } from '../../shared/event/event.store.ts';
import { listEvents } from '../../shared/event/event-list.store.ts';
import { type RulesReader, rulesReader } from '../../shared/event/rules-reader.store.ts';
import { documentClient } from '../../shared/kernel/dynamo/client.store.ts';
import { type TransactItem, writeAll } from '../../shared/kernel/dynamo/transact.store.ts';
import { readEnvironment } from '../../shared/kernel/env.ts';
import { kmsSecrets, type Secrets } from '../../shared/kernel/keys/secrets.store.ts';
import { realSystem, type System } from '../../shared/kernel/system.store.ts';
import { type TieStore, tieStore } from '../../shared/minors/chaperone/tie.store.ts';
import { type HandoverStore, handoverStore } from '../../shared/minors/handover/handover.store.ts';
import { type KeptCareStore, keptCareStore } from '../../shared/minors/kept-care.store.ts';
import { type ReportStore, reportStore } from '../../shared/minors/report/report.store.ts';
import { type ReportNoticeStore, reportNoticeStore } from '../../shared/minors/report/report-notice.store.ts';
import { type YoungStore, type YoungTables, youngStore } from '../../shared/minors/young.store.ts';
import { type ChangeStore, changeStore } from '../../shared/registration/change.store.ts';
import { listRegistrations } from '../../shared/registration/list/registration-list.store.ts';
import { type RegistrationStore, registrationStore } from '../../shared/registration/registration.store.ts';
import type { Registration } from '../../shared/registration/registration.ts';
import { type RoleStore, roleStore } from '../../shared/team/role/role.store.ts';
import { manifest } from './function.ts';

/** Everything outside that the use cases of this function touch. */
export interface Deps {
  readonly system: System;
  readonly secrets: Secrets;
  readonly events: EventStore;
  readonly registrations: RegistrationStore;
  readonly changes: ChangeStore;
  readonly young: YoungStore;
  readonly handovers: HandoverStore;
  readonly reports: ReportStore;
  readonly reportNotices: ReportNoticeStore;
  readonly careNeeds: CareNeedsStore;
  readonly guardianNews: GuardianNewsStore;
  readonly keptCare: KeptCareStore;
  readonly readRules: RulesReader;
  /** Ids of all events. */
  readonly listEvents: () => Promise<readonly string[]>;
  /** All registrations of an event, in no order. */
  readonly listRegistrations: (eventId: string) => Promise<readonly Registration[]>;
  readonly ties: TieStore;
  readonly roles: RoleStore;
  /** Writes items of which none is refused, all or nothing. */
  readonly write: (items: readonly TransactItem[]) => Promise<void>;
  /** Physical names, for what is written along with a registration. */
  readonly tables: YoungTables;
  readonly auditTable: string;
}

export function realDeps(client = documentClient()): Deps {
  const environment = readEnvironment(manifest);
  const system = realSystem;
  const { registry, outbox, care } = environment;
  const tables = { registry, outbox, care };
  return {
    system,
    secrets: kmsSecrets(new KMSClient({}), environment.secretsKey),
    events: eventStore({ client, registry, system }),
    registrations: registrationStore({ client, registry, system }),
    changes: changeStore({ client, ...tables, system }),
    young: youngStore({ client, ...tables, system }),
    handovers: handoverStore({ client, ...tables, system }),
    reports: reportStore({ client, ...tables, system }),
    reportNotices: reportNoticeStore({ client, ...tables, system }),
    careNeeds: careNeedsStore({ client, care, system }),
    guardianNews: guardianNewsStore({ client, ...tables }),
    keptCare: keptCareStore({ client, ...tables }),
    readRules: rulesReader({ client, registry }),
    listEvents: () => listEvents(client, registry),
    listRegistrations: (eventId) => listRegistrations(client, registry, eventId),
    ties: tieStore({ client, ...tables, system }),
    roles: roleStore({ client, registry }),
    write: (items) => writeAll(client, items, system),
    tables,
    auditTable: environment.audit,
  };
}

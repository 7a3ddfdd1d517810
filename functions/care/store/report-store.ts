import type { EventDefinition } from '../../../shared/domain/event.ts';
import { retentionEnd } from '../../../shared/domain/event-times.ts';
import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Report } from '../../../shared/domain/report.ts';
import { putMessage } from '../../../shared/registering/writes.ts';
import type { YoungTables } from '../../../shared/registering/young-store.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { toReportItem } from '../../../shared/store/report-item.ts';
import { transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';

export interface ReportStore {
  /** Keeps a report and tells the focal point of it, both or neither; the same report again changes nothing. */
  readonly add: (event: EventDefinition<string>, report: Report, told: OutboxMessage | undefined) => Promise<void>;
}

const NOT_THERE = 'attribute_not_exists(pk)';

/** Only ever puts: nobody reads reports here. */
export const reportStore = (client: DocumentClient, { care, outbox }: YoungTables, system: System): ReportStore => ({
  async add(event, report, told) {
    const expiresAt = retentionEnd(event);
    await transact(
      client,
      [
        { Put: { TableName: care, Item: toReportItem(report, expiresAt), ConditionExpression: NOT_THERE } },
        ...(told ? [putMessage(outbox, told, expiresAt)] : []),
      ],
      system,
    );
  },
});

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { EventDefinition } from '../../../shared/domain/event.ts';
import { retentionEnd } from '../../../shared/domain/event-times.ts';
import type { OutboxMessage } from '../../../shared/domain/message.ts';
import type { Report, ReportStep } from '../../../shared/domain/report.ts';
import { putMessage } from '../../../shared/registering/writes.ts';
import type { YoungTables } from '../../../shared/registering/young-store.ts';
import type { DocumentClient } from '../../../shared/store/client.ts';
import { queryPartition } from '../../../shared/store/query-partition.ts';
import { fromReportItem, reportKey, toReportItem } from '../../../shared/store/report-item.ts';
import { type TransactItem, transact } from '../../../shared/store/transact.ts';
import type { System } from '../../../shared/system.ts';

export interface ReportStore {
  /** Keeps a report and tells the focal point of it, both or neither; the same report again changes nothing. */
  readonly add: (event: EventDefinition<string>, report: Report, told: readonly OutboxMessage[]) => Promise<void>;
  /** All of an event, in no order. */
  readonly list: (eventId: string) => Promise<readonly Report[]>;
  readonly read: (eventId: string, reference: string) => Promise<Report | undefined>;
  /**
   * Adds what was done about a report, together with the note of who did it.
   *
   * @param after how many steps there were when it was looked at
   * @returns whether there still were as many; otherwise nothing is written
   */
  readonly addStep: (report: Report, after: number, step: ReportStep, noted: TransactItem) => Promise<boolean>;
}

const NOT_THERE = 'attribute_not_exists(pk)';
const NO_OTHER_STEP = 'size(steps) = :after';

export const reportStore = (client: DocumentClient, { care, outbox }: YoungTables, system: System): ReportStore => ({
  async add(event, report, told) {
    const expiresAt = retentionEnd(event);
    await transact(
      client,
      [
        { Put: { TableName: care, Item: toReportItem(report, expiresAt), ConditionExpression: NOT_THERE } },
        ...told.map((message) => putMessage(outbox, message, expiresAt)),
      ],
      system,
    );
  },

  async list(eventId) {
    return (await queryPartition(client, care, reportKey({ eventId, reference: '' }).pk)).map(fromReportItem);
  },

  async read(eventId, reference) {
    const Key = reportKey({ eventId, reference });
    const { Item } = await client.send(new GetCommand({ TableName: care, Key, ConsistentRead: true }));
    return Item && fromReportItem(Item);
  },

  async addStep(report, after, step, noted) {
    const update: TransactItem = {
      Update: {
        TableName: care,
        Key: reportKey(report),
        UpdateExpression: 'SET steps = list_append(steps, :step)',
        ConditionExpression: NO_OTHER_STEP,
        ExpressionAttributeValues: { ':step': [step], ':after': after },
      },
    };
    return (await transact(client, [update, noted], system)).length === 0;
  },
});

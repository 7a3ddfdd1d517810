/** The shape of each table: what the Data stack creates, what the local database creates, what repositories use. */
export const TABLES = {
  registry: { partitionKey: 'pk', sortKey: 'sk', ttl: 'expiresAt', stream: false },
  outbox: { partitionKey: 'id', ttl: 'expiresAt', stream: true },
} as const satisfies Record<string, TableShape>;

export type TableName = keyof typeof TABLES;

export interface TableShape {
  /** All keys are strings. */
  readonly partitionKey: string;
  readonly sortKey?: string;
  /** Epoch seconds. */
  readonly ttl: string;
  /** NEW_IMAGE stream. */
  readonly stream: boolean;
}

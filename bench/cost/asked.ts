import type { MeteredRequest } from './metered-database.ts';

/** What a use case asked of the database. */
export interface Asked {
  /** `BatchGetItem` */
  readonly reads: number;
  /** `TransactWriteItems` */
  readonly transactions: number;
  /** Calls of any other kind. */
  readonly others: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

export function asked(requests: readonly MeteredRequest[]): Asked {
  const count = (operation: string) => requests.filter((request) => request.operation === operation).length;
  const reads = count('BatchGetItem');
  const transactions = count('TransactWriteItems');
  return {
    reads,
    transactions,
    others: requests.length - reads - transactions,
    readUnits: requests.reduce((units, request) => units + request.readUnits, 0),
    writeUnits: requests.reduce((units, request) => units + request.writeUnits, 0),
  };
}

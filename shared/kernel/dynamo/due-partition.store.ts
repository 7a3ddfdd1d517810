import { crc32 } from 'node:zlib';

/** What waits in the index `due`: mail that cannot wait long, mail that can, and jobs. Sweeps look for each alone. */
export type DueQueue = 'mail' | 'mail-later' | 'job';

/** Partitions of a queue. One takes 1,000 write units a second, and each mail takes two there: as it is claimed and as it is settled. */
const PARTITIONS = 8;

/** Where the index finds an item of `Outbox`. */
export const duePartition = (queue: DueQueue, id: string): string => partition(queue, crc32(id) % PARTITIONS);

/** Where it finds all of a queue. */
export const duePartitions = (queue: DueQueue): readonly string[] =>
  Array.from({ length: PARTITIONS }, (_, number) => partition(queue, number));

const partition = (queue: DueQueue, number: number): string => `${queue}#${number}`;

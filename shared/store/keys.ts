/** The key of an item in `Registry`. Every access pattern of `docs/architecture.md` starts here. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** The rules of an event: everything but its words. */
export const eventKey = (eventId: string): ItemKey => ({ pk: `EVENT#${eventId}`, sk: 'RULES' });

/** The words of an event in one language. */
export const textKey = (eventId: string, language: string): ItemKey => ({
  pk: `EVENT#${eventId}`,
  sk: `TEXT#${language}`,
});

/** One shard of a quota's counter, alone in its partition: no two quotas share a throughput limit. */
export const quotaKey = (eventId: string, quotaId: string, shard: number): ItemKey => ({
  pk: `QUOTA#${eventId}#${quotaId}#${shard}`,
  sk: 'QUOTA',
});

export const registrationKey = (eventId: string, reference: string): ItemKey => ({
  pk: `REGISTRATION#${eventId}#${reference}`,
  sk: 'REGISTRATION',
});

/** Holds an address for one registration of an event. `addressHash` is an HMAC: no address is readable in a key. */
export const lockKey = (eventId: string, addressHash: string): ItemKey => ({
  pk: `LOCK#${eventId}#${addressHash}`,
  sk: 'LOCK',
});

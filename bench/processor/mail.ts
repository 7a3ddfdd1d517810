import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { manifest } from '../../functions/outbox/function.ts';
import { LOCAL_AWS } from '../../local/aws.ts';
import { realSystem } from '../../shared/kernel/system.store.ts';
import { newMessage } from '../../shared/mail/outbox/new-items.store.ts';
import { toOutboxItem } from '../../shared/mail/outbox/outbox-items.store.ts';
import { startParts } from '../../test/support/parts.ts';
import { recordsOf } from '../../test/support/stream.ts';
import type { Measure } from '../measure.ts';
import { FAR_AWAY, putAll, registerPeople } from '../people.ts';
import { compareProcessorTime, piecesInAll } from './compare.ts';

const MAILS_A_ROUND = 2 * manifest.stream.together;
/** Nobody is mailed twice. */
const PEOPLE = piecesInAll(MAILS_A_ROUND);
/**
 * Bare reads and transactions, of two calls each: a mail is little more than five, and 60 KB to be written. Six measurements on two
 * processors, under loads of 2 to 14, gave 6.5 to 7.4; in turns with these, the code before two calls were made for a whole batch 8.8 and 9.3.
 */
const MOST_BARE = 7.8;

/** What the processor does for a mail with a ticket. */
export async function mailProcessorTime(): Promise<Measure[]> {
  const parts = await startParts();
  const { database, mailbox } = parts;
  const { tables, endpoint } = database;
  const ses = new SESClient({ ...LOCAL_AWS, endpoint: mailbox.endpoint });
  try {
    const people = [...(await registerPeople({ endpoints: { dynamodb: endpoint }, tables }, 'processor', PEOPLE))];
    let wanted = 0;
    const { milliseconds, ratio } = await compareProcessorTime({
      name: 'outbox',
      table: tables.registry,
      pieces: MAILS_A_ROUND,
      // As a stream hands on its batches: one after another.
      atOnce: 1,
      events: async (pieces) => {
        const messages = people.splice(0, pieces).map((person) => newMessage(realSystem, 'confirmed', person));
        const items = messages.map((message) => ({ ...toOutboxItem(message), expiresAt: FAR_AWAY }));
        await putAll(database.client, tables.outbox, items);
        wanted += items.length;
        const size = manifest.stream.together;
        return Array.from({ length: Math.ceil(items.length / size) }, (_, batch) =>
          recordsOf(items.slice(batch * size, (batch + 1) * size)),
        );
      },
      check: () => undefined,
    });
    const { SentLast24Hours: sent } = await ses.send(new GetSendQuotaCommand({}));
    if (sent !== wanted) throw new Error(`${sent} of ${wanted} mails were sent`);
    return [
      {
        what: 'processor time of a mail, to a bare read and transaction',
        value: ratio,
        unit: 'x',
        budget: { atMost: MOST_BARE },
      },
      { what: 'processor time of a mail', value: milliseconds, unit: 'ms' },
    ];
  } finally {
    ses.destroy();
    await parts.stop();
  }
}

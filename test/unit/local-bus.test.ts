import { describe, expect, it } from 'vitest';
import { matches, startBus } from '../../local/bus.ts';
import { eventsOf } from '../../local/mailbox/send-raw-email.ts';
import { mailEvent, mailEventPattern } from '../../shared/mail/fate/mail-event.schema.ts';
import { bounce, delivery } from '../support/mail-events.ts';

const about = { outboxId: 'one', to: 'ann@example.org', sentAt: '2027-03-01T08:00:00.000Z' };
const pattern = mailEventPattern('plenary');

describe('the rule for mail events', () => {
  it('takes what SES tells of our configuration set, and nothing else', () => {
    expect(matches(bounce(about), pattern)).toBe(true);
    expect(matches(delivery(about), pattern)).toBe(true);
    expect(matches(bounce(about), mailEventPattern('other'))).toBe(false);
    expect(matches({ ...bounce(about), source: 'aws.health' }, pattern)).toBe(false);
    const opened = { ...bounce(about), detail: { ...bounce(about).detail, eventType: 'Open' } };
    expect(matches(opened, pattern)).toBe(false);
  });
});

describe('what the local mailbox publishes', () => {
  const envelope = {
    id: 'ses-1',
    receivedAt: about.sentAt,
    from: 'forum@mail.test',
    destinations: [about.to],
    subject: 'Hello',
    tags: { outboxId: 'one' },
    configurationSet: 'plenary',
  };
  const kinds = (destination: string) =>
    eventsOf({ ...envelope, destinations: [destination] }, new Date()).map((event) => event['detail-type']);

  it('is what SES publishes of its simulated addresses, and a delivery of all others', () => {
    expect(kinds('ann@example.org')).toEqual(['Email Sent', 'Email Delivered']);
    expect(kinds('bounce+ann@simulator.amazonses.com')).toEqual(['Email Sent', 'Email Bounced']);
    expect(kinds('suppressionlist@simulator.amazonses.com')).toEqual(['Email Sent', 'Email Bounced']);
    expect(kinds('complaint@simulator.amazonses.com')).toEqual([
      'Email Sent',
      'Email Delivered',
      'Email Complaint Received',
    ]);
  });

  it('has the shape that the function reads, and matches its rule', () => {
    const all = ['ann@example.org', 'bounce@simulator.amazonses.com', 'complaint@simulator.amazonses.com'].flatMap(
      (to) => eventsOf({ ...envelope, destinations: [to] }, new Date()),
    );
    expect(all.filter((event) => matches(event, pattern))).toEqual(all);
    for (const { detail } of all) expect(mailEvent.parse(detail).mail.tags.outboxId).toEqual(['one']);
  });

  it('is nothing of mail outside of a configuration set', () => {
    const { configurationSet: _, ...others } = envelope;
    expect(eventsOf(others, new Date())).toEqual([]);
  });
});

describe('the bus', () => {
  it('tries twice more what failed, and then keeps it', async () => {
    const failures: unknown[] = [];
    let calls = 0;
    const bus = startBus([
      {
        name: 'mail-events',
        pattern,
        invoke: async () => {
          calls += 1;
          throw new Error('down');
        },
        onFailure: async (failure) => void failures.push(failure.reason),
      },
    ]);
    bus.publish(bounce(about));
    await expect.poll(() => failures).toEqual(['mail-events: Error: down']);
    expect(calls).toBe(3);
    await bus.stop();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FATES, type Fate, type MailFate, mailEvent } from '../../shared/mail/fate/mail-event.schema.ts';
import { fateOf } from '../../shared/mail/fate/mail-fate.ts';
import { afterFate } from '../../shared/mail/fate/settle-message.case.ts';
import { bounce, complaint, delivery, rejected, sent } from '../support/mail-events.ts';

const AT = '2027-03-01T08:00:00.000Z';
const about = { outboxId: 'id', to: 'someone@example.org', sentAt: AT, at: AT };
const told = (event: { readonly detail: unknown }): MailFate | undefined => fateOf(mailEvent.parse(event.detail));
const known = (fates: readonly MailFate[]): MailFate | undefined =>
  fates.reduce<MailFate | undefined>((known, fate) => afterFate(known, fate) ?? known, undefined);

describe('what became of a mail', () => {
  const fates = fc.array(fc.record({ what: fc.constantFrom(...FATES), at: fc.constant(AT) }), {
    minLength: 1,
    maxLength: 12,
  });

  it('is the same in whatever order, and however often, it is told', () => {
    const reordered = fates.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
      ),
    );
    fc.assert(
      fc.property(reordered, ([all, others]) => {
        expect(known(others)).toEqual(known(all));
      }),
    );
  });

  it('is one of those that were told, and nothing told later says less', () => {
    fc.assert(
      fc.property(fates, (all) => {
        const last = known(all);
        expect(all).toContainEqual(last);
        for (const fate of all) expect(FATES.indexOf(fate.what)).toBeLessThanOrEqual(FATES.indexOf(last?.what as Fate));
      }),
    );
  });

  it.each<[string, readonly Fate[], Fate]>([
    ['a complaint counts more than that it arrived', ['complained', 'delivered'], 'complained'],
    ['what was taken and then sent back did not arrive', ['delivered', 'no-mailbox'], 'no-mailbox'],
    ['that it arrived, told late, mends no bounce', ['no-mailbox', 'delivered'], 'no-mailbox'],
    ['an automatic reply does not unmake that it arrived', ['delivered', 'not-now'], 'delivered'],
    ['a mailbox may be full after all', ['delivered', 'mailbox-full'], 'mailbox-full'],
  ])('%s', (_, events, fate) => {
    expect(known(events.map((what) => ({ what, at: AT })))?.what).toBe(fate);
  });
});

describe('what SES tells of it', () => {
  it.each<[string, { readonly detail: unknown }, Fate | undefined]>([
    ['that it was sent', sent(about), undefined],
    ['that it held malware', rejected(about), undefined],
    ['that it arrived', delivery(about), 'delivered'],
    ['a complaint', complaint(about), 'complained'],
    ['a bounce for good', bounce(about), 'no-mailbox'],
    ['one by policy', bounce(about, 'Permanent', 'General', '5.7.1'), 'refused'],
    [
      'one of an address that is not written to any more',
      bounce(about, 'Permanent', 'OnAccountSuppressionList'),
      'suppressed',
    ],
    ['a full mailbox', bounce(about, 'Transient', 'MailboxFull', '4.2.2'), 'mailbox-full'],
    ['too large a mail', bounce(about, 'Transient', 'MessageTooLarge'), 'too-large'],
    ['an attachment that was not taken', bounce(about, 'Transient', 'AttachmentRejected'), 'content-refused'],
    ['an automatic reply', bounce(about, 'Transient', 'General'), 'not-now'],
    ['a bounce of which nothing is known', bounce(about, 'Undetermined', 'Undetermined'), 'not-now'],
    ['a reason of which nobody has heard', bounce(about, 'Transient', 'constructor'), 'not-now'],
  ])('%s', (_, event, what) => {
    expect(told(event)?.what).toBe(what);
  });

  it('keeps the status code of a bounce, and no word of what a server wrote', () => {
    expect(told(bounce(about))).toEqual({ what: 'no-mailbox', at: AT, code: '5.1.1' });
    const chatty = bounce(about, 'Permanent', 'General', '5.1.1 someone@example.org is unknown');
    expect(told(chatty)).toEqual({ what: 'no-mailbox', at: AT });
  });
});

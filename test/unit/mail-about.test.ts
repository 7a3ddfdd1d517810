import { describe, expect, it } from 'vitest';
import type { MailKind } from '../../shared/mail/kinds.ts';
import type { OutboxMessage } from '../../shared/mail/outbox/message.schema.ts';
import { mailAbout } from '../../shared/registration/mail-about.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';

const DAY = (day: number): string => `2027-03-0${day}T08:00:00.000Z`;
const message = (kind: MailKind, createdAt: string): OutboxMessage => ({
  id: `${kind} ${createdAt}`,
  kind,
  eventId: 'forum',
  reference: 'AAAA',
  language: 'en',
  state: 'sent',
  createdAt,
  attempts: 1,
});

const of = (changes: Partial<Registration>, ...messages: OutboxMessage[]) =>
  mailAbout(changes as Registration, messages).map(({ message: { kind }, to }) => `${kind} to ${to}`);

describe('the mail about someone', () => {
  it('is shown newest first', () => {
    const mails = [message('confirmed', DAY(1)), message('updated', DAY(3)), message('link', DAY(2))];
    expect(of({}, ...mails)).toEqual(['updated to holder', 'link to holder', 'confirmed to holder']);
  });

  it('is none to the team, nor a form that was not confirmed yet', () => {
    const team = (
      ['report-received', 'paper-awaited', 'digest', 'role-invitation', 'confirm-registration'] as const
    ).map((kind) => message(kind, DAY(1)));
    expect(of({}, ...team)).toEqual([]);
  });

  it('went to whoever had the place before, until it was handed over; also where that was in the same moment', () => {
    const mails = [
      message('confirmed', DAY(1)),
      message('substituted', DAY(2)),
      message('confirmed', DAY(2)),
      message('updated', DAY(3)),
    ];
    expect(of({}, ...mails)).toEqual([
      'updated to holder',
      'confirmed to holder',
      'substituted to former-holder',
      'confirmed to former-holder',
    ]);
  });

  it('went to another guardian before someone else was asked', () => {
    const mails = [
      message('pending-guardian', DAY(1)),
      message('guardian-request', DAY(1)),
      message('guardian-request', DAY(3)),
    ];
    expect(of({ minor: { guardianChange: { codeAt: DAY(2), askedAt: DAY(3) } } }, ...mails)).toEqual([
      'guardian-request to guardian',
      'guardian-request to former-guardian',
      'pending-guardian to holder',
    ]);
  });

  it('went to an address that was left, where it says so, and else to the same person', () => {
    const mails = (['address-code', 'address-confirm', 'address-changed', 'confirmed'] as const).map((kind, day) =>
      message(kind, DAY(day + 1)),
    );
    const delegation = { id: 'D', member: 'M' } as const;
    expect(of({ delegation }, ...mails)).toEqual([
      'confirmed to holder',
      'address-changed to former-holder',
      'address-confirm to holder',
      'address-code to holder',
    ]);
  });

  it('goes to the coordinator of a delegation where they have no address of their own', () => {
    const mails = [message('delegation-registered', DAY(1)), message('updated', DAY(2))];
    const delegation = { id: 'D', member: 'M', throughCoordinator: true } as const;
    expect(of({ delegation }, ...mails)).toEqual(['updated to coordinator', 'delegation-registered to coordinator']);
  });
});

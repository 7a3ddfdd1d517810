import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { chosenAddresses } from '../../shared/kernel/http/form-again.case.ts';
import { shownKind } from '../../shared/registration/mail-about.ts';
import {
  addressChangeEnd,
  addressUndoEnd,
  codeUntil,
  isCodeDue,
  isCodeOpen,
  mayChangeAddress,
  mayUndoAddress,
  pressUntil,
  waitsForPress,
} from '../../shared/registration/mailed-change.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { renderMail } from '../support/render-mail.ts';
import { sampleAddressChanged, sampleEvent } from './mail-fixture.ts';

const at = '2027-03-01T08:00:00.000Z';
const minutesOn = (minutes: number): Date => new Date(Date.parse(at) + minutes * 60_000);
const [HOUR, DAY] = [60, 24 * 60];

describe('a code that was mailed', () => {
  it('works for two hours, and once', () => {
    expect([
      isCodeOpen({ codeAt: at }, minutesOn(2 * HOUR - 1)),
      isCodeOpen({ codeAt: at }, minutesOn(2 * HOUR)),
    ]).toEqual([true, false]);
    expect(codeUntil({ codeAt: at })).toEqual(minutesOn(2 * HOUR));
    expect(isCodeOpen({ codeAt: at, request: 'used' }, minutesOn(1))).toBe(false);
    expect(isCodeOpen(undefined, minutesOn(1))).toBe(false);
  });

  it('is followed by another after ten minutes, or once it was used', () => {
    expect([isCodeDue({ codeAt: at }, minutesOn(9)), isCodeDue({ codeAt: at }, minutesOn(10))]).toEqual([false, true]);
    expect(isCodeDue({ codeAt: at, request: 'used' }, minutesOn(1))).toBe(true);
  });
});

describe('a change of address', () => {
  it('waits a day for the press, and can be undone for three', () => {
    expect([pressUntil({ at }), addressUndoEnd({ at })]).toEqual([minutesOn(DAY), minutesOn(3 * DAY)]);
    expect([waitsForPress({ at }, minutesOn(DAY - 1)), waitsForPress({ at }, minutesOn(DAY))]).toEqual([true, false]);
    expect([mayUndoAddress({ at }, minutesOn(3 * DAY - 1)), mayUndoAddress({ at }, minutesOn(3 * DAY))]).toEqual([
      true,
      false,
    ]);
    expect([waitsForPress(undefined, minutesOn(0)), mayUndoAddress(undefined, minutesOn(0))]).toEqual([false, false]);
  });

  it('is forgotten with the last of its steps', () => {
    const nothing = { codeAt: at, asked: undefined, changed: undefined, undone: undefined };
    const later = { at: minutesOn(HOUR).toISOString() };
    expect(addressChangeEnd(nothing)).toEqual(minutesOn(2 * HOUR));
    expect(addressChangeEnd({ ...nothing, asked: later })).toEqual(minutesOn(DAY + HOUR));
    expect(addressChangeEnd({ ...nothing, changed: later })).toEqual(minutesOn(3 * DAY + HOUR));
    expect(addressChangeEnd({ ...nothing, undone: later })).toEqual(minutesOn(3 * DAY + HOUR));
    expect(addressChangeEnd({ ...nothing, codeAt: minutesOn(DAY).toISOString(), asked: { at } })).toEqual(
      minutesOn(DAY + 2 * HOUR),
    );
  });

  const event: EventDefinition<string> = sampleEvent('en');
  const adult = { status: 'confirmed', email: 'one@example.org' } as const;
  const may = (changes: Partial<Registration>, now = new Date('2027-03-01T08:00:00Z')): boolean =>
    mayChangeAddress({ ...adult, ...changes }, event, now);

  it('is for adults who live by an address of their own, until the event is over', () => {
    const delegation = { id: 'D', member: 'M' };
    for (const status of ['pending-approval', 'confirmed', 'waitlisted'] as const) expect(may({ status })).toBe(true);
    for (const status of ['pending-guardian', 'cancelled', 'declined', 'expired'] as const) {
      expect(may({ status })).toBe(false);
    }
    expect([may({ delegation }), may({ delegation: { ...delegation, throughCoordinator: true } })]).toEqual([
      true,
      false,
    ]);
    expect([may({ ageBand: 'minor' }), may({ email: '' })]).toEqual([false, false]);
    expect([may({}, new Date('2027-11-03T09:29:59Z')), may({}, new Date('2027-11-03T09:30:00Z'))]).toEqual([
      true,
      false,
    ]);
  });
});

it('an address that was sent with an answer to "did you mean" is the one that was chosen', () => {
  const sent = (email?: string, emailMeant?: string) => {
    const form = { ...(email && { email: [email] }), ...(emailMeant && { emailMeant: [emailMeant] }) };
    const { fields, inDoubt } = chosenAddresses(form, ['email']);
    return { email: fields['email']?.[0], isInDoubt: inDoubt.length > 0 };
  };
  expect(sent(' dara@gmial.com ')).toEqual({ email: 'dara@gmial.com', isInDoubt: true });
  expect(sent('dara@gmial.com', 'dara@gmail.com')).toEqual({ email: 'dara@gmail.com', isInDoubt: false });
  expect(sent('dara@gmial.com', 'dara@gmial.com')).toEqual({ email: 'dara@gmial.com', isInDoubt: false });
  expect(sent('dara@gmial.com', 'thief@example.org')).toEqual({ email: 'dara@gmial.com', isInDoubt: true });
  expect(sent('dara@example.org')).toEqual({ email: 'dara@example.org', isInDoubt: false });
  expect(sent()).toEqual({ email: undefined, isInDoubt: false });
});

it('mail about it is shown by its own name beside one that every console knows', () => {
  expect(shownKind('address-changed')).toEqual({ kind: 'updated', called: 'address-changed' });
  expect(shownKind('ask-proof')).toEqual({ kind: 'link', precisely: 'ask-proof' });
  expect(shownKind('link')).toEqual({ kind: 'link' });
});

it.each(['en', 'km'] as const)('the mail to the address that lost it, in %s, has nothing to press', (language) => {
  const { links, ...data } = sampleAddressChanged(language);
  const told = renderMail('address-changed', { ...data, links, became: 'changed' });
  const undone = renderMail('address-changed', { ...data, links: { privacy: links.privacy }, became: 'undone' });
  expect([told.text.includes('/a/'), undone.text.includes('/a/'), undone.html.includes('/a/')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(undone.subject).not.toBe(told.subject);
});

it('an end on the day on which the clocks go back is told in the zone of its hour', () => {
  const data = sampleAddressChanged();
  const event = { ...data.event, timeZone: 'Europe/Berlin' };
  const { text } = renderMail('address-changed', { ...data, event, until: '2026-10-25T12:00:00.000Z' });
  expect(text).toContain('UTC+1');
});

it.each(['en', 'km'] as const)(
  'the mail of a change that something else overtook, in %s, has nothing to press',
  (language) => {
    const { links, ...data } = sampleAddressChanged(language);
    const { text, html } = renderMail('address-changed', {
      ...data,
      links: { privacy: links.privacy },
      became: 'overtaken',
    });
    expect([text.includes('/a/'), html.includes('/a/')]).toEqual([false, false]);
    expect(text).toContain(data.event.secretariat.email);
  },
);

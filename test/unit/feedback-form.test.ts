import { describe, expect, it } from 'vitest';
import { formStatus, formsOf } from '../../shared/feedback/form/form.ts';
import { forum } from '../support/site-pages.ts';

const event = forum('en');
const at = (text: string): number => Date.parse(text);

describe('the forms of an event', () => {
  it('are one for each session that is asked about, in their order, and one for all of it', () => {
    const ids = formsOf(event).map(({ id }) => id);
    const asked = event.sessions.map(({ id }) => id).filter((id) => !event.feedback?.unasked.includes(id));
    expect(ids).toEqual([...asked.map((id) => `session-${id}`), 'event']);
    expect(ids).not.toContain('session-networking');
  });

  it('open when the session ends, at the event, and close two weeks after it', () => {
    const opening = formsOf(event).find(({ id }) => id === 'session-opening');
    expect(opening?.opensAt).toBe(at('2027-11-02T10:00:00+07:00'));
    expect(opening?.closesAt).toBe(
      Math.max(...formsOf(event).map(({ opensAt }) => opensAt)) + 14 * 24 * 60 * 60 * 1000,
    );
  });

  it.each([
    ['before it opens', {}, '2027-11-02T09:59:59+07:00', 'not-yet'],
    ['as it opens', {}, '2027-11-02T10:00:00+07:00', 'open'],
    ['opened before', { opensAt: '2027-11-02T09:30:00+07:00' }, '2027-11-02T09:30:00+07:00', 'open'],
    ['closed', { closedAt: '2027-11-02T12:00:00+07:00' }, '2027-11-02T12:00:00+07:00', 'closed'],
    ['switched off, open or not', { isOff: true }, '2027-11-02T11:00:00+07:00', 'off'],
    ['long after the event', {}, '2028-01-01T00:00:00Z', 'closed'],
    ['opened after it would have closed', { opensAt: '2028-02-01T00:00:00Z' }, '2028-02-02T00:00:00Z', 'closed'],
  ])('%s', (_, setting, now, standing) => {
    const [form] = formsOf(event, { 'session-opening': setting });
    expect(formStatus(form as NonNullable<typeof form>, at(now))).toBe(standing);
  });

  it.each([
    ['before the event', '2027-11-01T12:00:00+07:00', { opening: 'closed', closing: 'closed', event: 'closed' }],
    ['as it begins', '2027-11-02T08:00:00+07:00', { opening: 'closed', closing: 'closed', event: 'open' }],
    ['in the middle of a session', '2027-11-02T09:30:00+07:00', { opening: 'open', closing: 'closed', event: 'open' }],
  ])('called off %s, are open of what had begun by then, whatever was set', (_when, calledOffAt, standings) => {
    const [opening, closing] = [formsOf(event)[0]?.id ?? '', formsOf(event).at(-2)?.id ?? ''];
    const settings = Object.fromEntries(
      [opening, closing, 'event'].map((id) => [id, { opensAt: '2027-10-01T00:00:00Z' }]),
    );
    for (const status of ['cancelled', 'postponed'] as const) {
      const forms = formsOf({ ...event, status, calledOffAt }, settings);
      const standing = (id: string) =>
        formStatus(forms.find((form) => form.id === id) as (typeof forms)[0], at('2027-11-04T00:00:00Z'));
      expect({ opening: standing(opening), closing: standing(closing), event: standing('event') }).toEqual(standings);
    }
    const again = formsOf({ ...event, calledOffAt }, settings);
    expect(again.map((form) => formStatus(form, at('2027-11-04T00:00:00Z')))).not.toContain('closed');
  });

  it('are none where an event asks nothing', () => {
    const { feedback: _, ...silent } = event;
    expect(formsOf(silent)).toEqual([]);
    expect(formsOf({ ...event, feedback: { session: [], event: [], unasked: [], openDays: 1 } })).toEqual([]);
  });
});

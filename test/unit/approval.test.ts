import { describe, expect, it } from 'vitest';
import { expectedDays, isOverdue, mayNeedApproval } from '../../shared/registration/decide/approval.ts';
import type { Registration } from '../../shared/registration/registration.schema.ts';
import { changed } from '../../shared/registration/registration-state.store.ts';
import { forum } from '../support/forum.ts';

const sent = { status: 'pending-approval', submittedAt: '2027-03-01T08:00:00.000Z', revision: 1 } as Registration;
const isLate = (instant: string, event = {}, registration = sent) => isOverdue(event, registration, new Date(instant));

describe('the wait for a decision', () => {
  it('is five days where the event says nothing, else what it says', () => {
    expect(expectedDays({})).toBe(5);
    expect(expectedDays({ approval: { expectedDays: 2 } })).toBe(2);
  });

  it('is overdue once it is longer than that, and only while it lasts', () => {
    expect(isLate('2027-03-06T08:00:00.000Z')).toBe(false);
    expect(isLate('2027-03-06T08:00:00.001Z')).toBe(true);
    expect(isLate('2027-03-03T08:00:00.001Z', { approval: { expectedDays: 2 } })).toBe(true);
    expect(isLate('2027-04-01T00:00:00Z', {}, { ...sent, status: 'confirmed' })).toBe(false);
  });

  it('begins anew when what was approved has to be approved again, and not with every change', () => {
    const at = (day: string) => new Date(`2027-03-${day}T08:00:00.000Z`);
    const approved = changed({ ...sent, pendingSince: sent.submittedAt }, { status: 'confirmed' }, at('02'));
    expect(approved.pendingSince).toBeUndefined();
    const again = changed(approved, { status: 'pending-approval' }, at('10'));
    const amended = changed(again, { position: 'Editor' }, at('12'));
    expect(amended.pendingSince).toBe('2027-03-10T08:00:00.000Z');
    expect(isLate('2027-03-15T08:00:00.000Z', {}, amended)).toBe(false);
    expect(isLate('2027-03-15T08:00:00.001Z', {}, amended)).toBe(true);
  });

  it('may concern anyone only where a group is approved or a session closed', () => {
    const { categories, sessions } = forum();
    const free = categories.map(({ approval: _, ...category }) => category);
    const open = sessions.filter(({ audience }) => audience === undefined);
    expect(mayNeedApproval({ categories, sessions: open })).toBe(true);
    expect(mayNeedApproval({ categories: free, sessions: open })).toBe(false);
    const [first] = open;
    const closed = first === undefined ? [] : [{ ...first, audience: ['media'] }];
    expect(mayNeedApproval({ categories: free, sessions: closed })).toBe(true);
  });
});

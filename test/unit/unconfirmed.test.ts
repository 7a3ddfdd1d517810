import { describe, expect, it } from 'vitest';
import { confirmedForm, isWaiting, nextForm } from '../../shared/registration/confirm/unconfirmed.ts';
import type { Application } from '../../shared/registration/registration.schema.ts';

const NOON = new Date('2027-03-01T12:00:00.000Z');
const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);
const application = { email: 'someone@example.org', language: 'km', fullName: 'Sokha Sample' } as Application;
const sent = (edition: string) => ({
  eventId: 'forum',
  id: 'one',
  edition,
  application,
  codeHash: undefined,
  request: edition,
});
const first = nextForm(undefined, sent('first'), { now: NOON, link: 'a', isMailed: true });

describe('AB4: a form that waits to be confirmed', () => {
  it('waits for 24 hours', () => {
    expect(first).toMatchObject({ language: 'km', link: 'a', linkAt: NOON.toISOString() });
    expect(isWaiting(first, later(24 * 60 - 1))).toBe(true);
    expect(isWaiting(first, later(24 * 60))).toBe(false);
    expect(isWaiting(undefined, NOON)).toBe(false);
  });

  it('is replaced by what is sent next; the link that was mailed stays good', () => {
    const quiet = nextForm(first, sent('second'), { now: later(5), link: 'b', isMailed: false });
    expect(quiet).toMatchObject({ edition: 'second', link: 'a', linkAt: first.linkAt });
    expect(isWaiting(quiet, later(24 * 60 + 4))).toBe(true);
    const mailed = nextForm(quiet, sent('third'), { now: later(40), link: 'c', isMailed: true });
    expect(mailed).toMatchObject({ link: 'a', linkAt: later(40).toISOString() });
  });

  it('leaves nothing that was typed once it was confirmed, and its link opens nothing that is sent later', () => {
    const confirmed = confirmedForm({ ...first, codeHash: 'code' }, later(1));
    expect(JSON.stringify(confirmed)).not.toMatch(/someone|Sokha|code/);
    expect(isWaiting(confirmed, later(1))).toBe(false);
    expect(nextForm(confirmed, sent('later'), { now: later(2), link: 'b', isMailed: true }).link).toBe('b');
    expect(nextForm(first, sent('later'), { now: later(1500), link: 'b', isMailed: true }).link).toBe('b');
  });
});

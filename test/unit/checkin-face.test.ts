import { describe, expect, it } from 'vitest';
import type { AttendeeAtDoor, ScanOutcome } from '../../web/checkin/engine/engine.ts';
import { faceOf } from '../../web/checkin/verdict/face.ts';
import { flagsOf } from '../../web/checkin/verdict/verdict.tsx';
import { LANGUAGES, speak } from '../../web/checkin/words.ts';

const person: AttendeeAtDoor = {
  ...{ reference: '0123456789', isConfirmed: true, category: 'government', role: 'attendee', mode: 'in-person' },
  ...{ days: [], sessions: [], name: 'Sok Dara' },
};
const noted = { scanId: 'a', canUndoUntil: 0 };
const refusals = [
  'not-confirmed',
  'not-yet',
  'over',
  'other-mode',
  'other-day',
  'other-category',
  'not-signed-up',
  'closed-session',
] as const;
const noTickets = [
  'not-a-ticket',
  'update-app',
  'unknown-key',
  'invalid',
  'other-event',
  'other-type',
  'expired',
] as const;

/** Every outcome that there is, and what staff are to do. */
const OUTCOMES: readonly (readonly [ScanOutcome, 'go' | 'ask' | 'stop'])[] = [
  [{ kind: 'admit', person, isFull: false, ...noted }, 'go'],
  [{ kind: 'admit', person, isFull: false, isAgain: true, ...noted }, 'go'],
  [{ kind: 'admit', person, isFull: true, ...noted }, 'ask'],
  [{ kind: 'leave', person, wasInside: true, ...noted }, 'go'],
  [{ kind: 'leave', person, wasInside: false, ...noted }, 'go'],
  [{ kind: 'leave', person, wasInside: true, tookAlong: [noted], ...noted }, 'go'],
  [{ kind: 'ask-companion', person, wasInside: true, mayBe: [] }, 'ask'],
  [{ kind: 'ask-companion', person, wasInside: true, mayBe: [], isOther: true }, 'stop'],
  [
    { kind: 'ask-companion', person: { ...person, chaperone: 'Chan Sample' }, wasInside: true, mayBe: ['chaperone'] },
    'ask',
  ],
  [{ kind: 'ask-companion', person, wasInside: false, mayBe: ['guardian', 'adult', 'alone'] }, 'ask'],
  [{ kind: 'wards-inside', person, count: 1 }, 'ask'],
  [{ kind: 'wards-inside', person, count: 2 }, 'ask'],
  [{ kind: 'wards-inside', person, count: 2, tookAlong: [noted] }, 'ask'],
  [{ kind: 'let-in', person, ...noted }, 'go'],
  [{ kind: 'let-in', ...noted }, 'go'],
  [{ kind: 'let-in', person, ticketId: '0123456789ABCDEFGHJK', ...noted }, 'go'],
  [{ kind: 'already-in', person, at: 0, isHere: true }, 'ask'],
  [{ kind: 'already-in', person, at: 0, isHere: false }, 'ask'],
  [{ kind: 'hold', person, why: 'consent' }, 'ask'],
  [{ kind: 'hold', person, why: 'chaperone' }, 'ask'],
  ...refusals.map((why) => [{ kind: 'refuse', person, why }, 'stop'] as const),
  [{ kind: 'not-in-roster' }, 'ask'],
  [{ kind: 'not-in-roster', isLeaving: true }, 'ask'],
  [{ kind: 'unknown-code' }, 'stop'],
  [{ kind: 'practice' }, 'ask'],
  [{ kind: 'revoked' }, 'stop'],
  ...noTickets.map((why) => [{ kind: 'no-ticket', why }, why === 'update-app' ? 'ask' : 'stop'] as const),
  [{ kind: 'not-kept', why: 'full' }, 'stop'],
  [{ kind: 'not-kept', why: 'unavailable' }, 'stop'],
];

describe.each(Object.keys(LANGUAGES))('verdicts in %s', async (tag) => {
  const { t } = await speak(tag);

  it('say of every outcome what to do, in words of its own', () => {
    const seen = new Set<string>();
    for (const [outcome, tone] of OUTCOMES) {
      const face = faceOf(outcome, { t });
      expect(face.tone, JSON.stringify(outcome)).toBe(tone);
      const said = [face.word, face.what ?? '', ...face.advice].join(' ');
      expect(said).not.toMatch(/undefined|null|NaN/);
      seen.add(said);
    }
    // Why a young person is held is told at no door, nor does it matter whether the roster knows who was let in anyway.
    expect(seen.size).toBe(OUTCOMES.length - 2);
  });

  it('CS13: a minor without a name is sent to the safeguarding desk, whether held or not', () => {
    const { name: _name, ...nameless } = person;
    const young: AttendeeAtDoor = { ...nameless, isMinor: true };
    const admitted = faceOf({ kind: 'admit', person: young, isFull: false, ...noted }, { t });
    expect([admitted.tone, admitted.what]).toEqual(['ask', t('verdict.hold')]);
    expect(faceOf({ kind: 'hold', person: young, why: 'consent' }, { t }).what).toBe(t('verdict.hold'));
  });

  it('CS24: of a ticket that the phone does not know nobody is told to let anyone in who leaves', () => {
    const [coming, leaving] = [{}, { isLeaving: true as const }].map((more) =>
      faceOf({ kind: 'not-in-roster', ...more }, { t }).advice.join(' '),
    );
    expect(coming).toContain(t('verdict.notInRosterAdvice'));
    expect(leaving).not.toContain(t('verdict.notInRosterAdvice'));
    expect(leaving).toMatch(/18|១៨/);
  });

  it('CS24: of a young person who is not inside say neither that nobody saw them come, nor that they are noted as gone', () => {
    const asked = faceOf({ kind: 'ask-companion', person, wasInside: false, mayBe: [] }, { t }).advice.join(' ');
    expect(asked).toContain(t('verdict.notInside'));
    expect(asked).not.toMatch(/come in|noted|ឃើញ|កត់ត្រា/);
    const left = faceOf({ kind: 'leave', person, wasInside: false, scanId: '', canUndoUntil: 0 }, { t }).advice;
    expect(left).toEqual([t('verdict.notSeenComing')]);
  });

  it('remind of what this person needs, and of nothing where they are not let in', () => {
    const guest: AttendeeAtDoor = { ...person, role: 'protocol', noPhoto: true, askNeeds: true };
    expect(flagsOf(guest, { kind: 'admit', person: guest, isFull: false, ...noted }, t)).toEqual([
      t('verdict.protocol'),
      t('verdict.noPhoto'),
      t('verdict.askNeeds'),
    ]);
    expect(flagsOf(guest, { kind: 'refuse', person: guest, why: 'over' }, t)).toEqual([]);
  });

  it('and the screens of a phone that may scan no more name the press that leads on, and warnings the one of other lists', () => {
    for (const way of ['revoked.text', 'over.done'] as const) expect(t(way)).toContain(t('settings.signOut'));
    for (const way of [
      'scan.over',
      'scan.early',
      'verdict.refused.over.advice',
      'verdict.refused.not-yet.advice',
    ] as const)
      expect(t(way)).toContain(t('scan.lists'));
  });
});

it('CI13: the time at which somebody came in has its date where it is of another day', async () => {
  const { t } = await speak('en');
  const outcome = { kind: 'already-in', person, at: Date.parse('2027-11-02T04:24:00Z'), isHere: true } as const;
  const told = (now: string) => faceOf(outcome, { t, now: Date.parse(now) }).what;
  expect(told('2027-11-02T09:00:00Z')).toBe('Already in since 04:24');
  expect(told('2027-11-03T01:00:00Z')).toBe('Already in since Tuesday 2 November, 04:24');
});

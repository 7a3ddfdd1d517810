import { describe, expect, it } from 'vitest';
import { narrowCondition } from '../../shared/event/condition.ts';
import { asHeld, isCalledOff, openModes, statusOf } from '../../shared/event/event-standing.ts';
import { localise, splitTexts } from '../../shared/event/event-texts.ts';
import { isEventOver, registrationWindow } from '../../shared/event/event-times.ts';
import { definitionProblems } from '../../shared/event/publish/definition-problems.case.ts';
import { undoEnd } from '../../shared/registration/cancel/undo.ts';
import { mayBeNeeded } from '../../shared/seats/quota.ts';
import { forum } from '../support/forum.ts';

const OPEN = new Date('2027-03-01T00:00:00Z');

describe('the status of an event', () => {
  it('is that it takes place where it says nothing', () => {
    expect(statusOf({})).toBe('scheduled');
    expect(isCalledOff({})).toBe(false);
  });

  it('closes registration where there is nothing to come to, whatever its times', () => {
    const stateOf = (status: Parameters<typeof statusOf>[0]['status']) =>
      registrationWindow(forum({ ...(status && { status }) }), OPEN);
    expect([stateOf(undefined), stateOf('scheduled'), stateOf('moved-online')]).toEqual(['open', 'open', 'open']);
    expect([stateOf('cancelled'), stateOf('postponed')]).toEqual(['closed', 'closed']);
  });

  it('postponed has no end yet; any other is over at the minute of its last day in its zone', () => {
    const ends = '2027-11-03T10:00:00Z';
    const isOver = (at: string, status: 'scheduled' | 'cancelled' | 'postponed') =>
      isEventOver(forum({ status }), new Date(at));
    expect(isOver('2027-11-03T09:59:59.999Z', 'scheduled')).toBe(false);
    expect([isOver(ends, 'scheduled'), isOver(ends, 'cancelled'), isOver(ends, 'postponed')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('lets a cancellation be undone for a day, no longer than until the end, which a postponed event has not', () => {
    const undoneUntil = (changedAt: string, status: 'scheduled' | 'postponed') =>
      undoEnd({ changedAt }, forum({ status })).toISOString();
    expect(undoneUntil('2027-10-01T08:00:00.000Z', 'scheduled')).toBe('2027-10-02T08:00:00.000Z');
    expect(undoneUntil('2027-11-03T08:00:00.000Z', 'scheduled')).toBe('2027-11-03T10:00:00.000Z');
    expect(undoneUntil('2027-12-01T08:00:00.000Z', 'postponed')).toBe('2027-12-02T08:00:00.000Z');
  });

  it('moved-online leaves one way to take part, and every registration to it', () => {
    const { rules, texts } = splitTexts(forum({ status: 'moved-online' }));
    expect(localise(rules, texts['en'] ?? {}).modes.map(({ id }) => id)).toEqual(['online']);
    expect(rules.modes.map(({ id }) => id)).toEqual(['in-person', 'online']);
    expect(openModes(forum()).map(({ id }) => id)).toEqual(['in-person', 'online']);
    const holder = { mode: 'in-person', days: ['day-1'] } as const;
    expect(asHeld({ status: 'moved-online' }, holder)).toEqual({ mode: 'online', days: ['day-1'] });
    expect(asHeld({ status: 'postponed' }, holder)).toBe(holder);
  });

  it('moved-online needs a way to take part online', () => {
    const [first] = forum().modes;
    if (first === undefined) throw new Error('the sample needs a mode');
    const problems = definitionProblems(forum({ status: 'moved-online', modes: [first] }));
    expect(problems.map(({ path }) => path.join('.'))).toContain('status');
    expect(definitionProblems(forum({ status: 'moved-online' }))).toEqual([]);
  });
});

describe('a condition on how someone takes part', () => {
  it('is settled where there is one way only', () => {
    const online = { modes: ['online'] };
    expect(narrowCondition({ mode: ['in-person'] }, online)).toBe(false);
    expect(narrowCondition({ mode: ['in-person', 'online'] }, online)).toBe(true);
    expect(narrowCondition({ not: { mode: ['in-person'] } }, online)).toBe(true);
    expect(narrowCondition({ mode: ['in-person'] }, {})).toEqual({ mode: ['in-person'] });
  });

  it('says whether a quota can be needed', () => {
    const modes = openModes(forum({ status: 'moved-online' }));
    expect(mayBeNeeded({ when: { all: [{ category: ['media'] }, { mode: ['in-person'] }] } }, modes)).toBe(false);
    expect(mayBeNeeded({ when: { category: ['media'] } }, modes)).toBe(true);
    expect(mayBeNeeded({}, modes)).toBe(true);
  });
});

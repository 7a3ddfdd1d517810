import { expect, it } from 'vitest';
import type { FormSetting } from '../../shared/feedback/feedback-items.schema.ts';
import { changedForm, type FormChange } from '../../shared/feedback/form/form-change.ts';

const instant = (hour: number): string => new Date(hour * 3_600_000).toISOString();
const [NOW, LAST] = [10, 20];

/** A form that opens at noon by the programme, unless it is set otherwise. */
const change = (change: FormChange, before: FormSetting = {}, now = NOW) =>
  changedForm(
    {
      opensAt: before.opensAt === undefined ? 12 * 3_600_000 : Date.parse(before.opensAt),
      closesAt: before.closedAt === undefined ? LAST * 3_600_000 : Date.parse(before.closedAt),
      isOff: before.isOff ?? false,
      session: 'opening',
    },
    before,
    change,
    { lastMoment: LAST * 3_600_000, now: now * 3_600_000 },
  );

const open = { opensAt: instant(8) };
const closed = { ...open, closedAt: instant(9) };
const byDay = { kind: 'attended-by', by: 'day' } as const;

it.each([
  ['opens now what was to open later', { kind: 'open' }, {}, { opensAt: instant(10) }],
  ['opens again what was closed, from when it was open before', { kind: 'open' }, closed, open],
  ['opens what was switched off', { kind: 'open' }, { ...open, isOff: true }, open],
  ['leaves open what is open', { kind: 'open' }, open, open],
  ['opens at a time what was closed', { kind: 'open-at', at: instant(15) }, closed, { opensAt: instant(15) }],
  ['closes now', { kind: 'close' }, open, { ...open, closedAt: instant(10) }],
  ['leaves closed what is closed', { kind: 'close' }, closed, closed],
  ['switches off, and remembers the rest', { kind: 'off' }, closed, { ...closed, isOff: true }],
  ['switches on again, as it was', { kind: 'on' }, { ...closed, isOff: true }, closed],
  [
    'says who attended, and remembers the rest',
    byDay,
    { ...closed, isOff: true },
    { ...closed, isOff: true, by: 'day' },
  ],
  ['says it otherwise', { kind: 'attended-by', by: 'door' }, { ...open, by: 'day' }, { ...open, by: 'door' }],
  ['says nothing of it any more', { kind: 'attended-by', by: 'usual' }, { ...open, by: 'day' }, open],
  ['remembers who attended as it opens', { kind: 'open' }, { by: 'day' }, { opensAt: instant(10), by: 'day' }],
  ['remembers it as it opens again', { kind: 'open' }, { ...closed, by: 'door' }, { ...open, by: 'door' }],
  [
    'remembers it for a time at which it opens',
    { kind: 'open-at', at: instant(15) },
    { ...closed, by: 'day' },
    { opensAt: instant(15), by: 'day' },
  ],
  [
    'remembers it as it closes',
    { kind: 'close' },
    { ...open, by: 'day' },
    { ...open, by: 'day', closedAt: instant(10) },
  ],
  ['remembers it while it is off', { kind: 'off' }, { by: 'day' }, { by: 'day', isOff: true }],
  [
    'remembers it as it is switched on',
    { kind: 'on' },
    { ...closed, by: 'day', isOff: true },
    { ...closed, by: 'day' },
  ],
] as const)('%s', (_, wanted, before, setting) => {
  expect(change(wanted, before)).toEqual({ setting });
});

it.each([
  ['closes nothing that is not open yet', { kind: 'close' }, {}, NOW, 'form-not-open'],
  ['closes nothing that is off', { kind: 'close' }, { ...open, isOff: true }, NOW, 'form-not-open'],
  ['opens nothing when it is over', { kind: 'open' }, open, LAST, 'feedback-over'],
  ['opens nothing later when it is over', { kind: 'open-at', at: instant(30) }, open, LAST, 'feedback-over'],
  ['says nothing of who attended when it is over', byDay, open, LAST, 'feedback-over'],
  ['opens nothing at a time when it is over', { kind: 'open-at', at: instant(LAST) }, open, NOW, 'too-late'],
] as const)('%s', (_, wanted, before, now, refused) => {
  expect(change(wanted, before, now)).toEqual({ refused });
});

it('says nothing of who attended the whole event: whoever came to anything did', () => {
  const form = { isOff: false, opensAt: 0, closesAt: LAST * 3_600_000 };
  const times = { lastMoment: LAST * 3_600_000, now: NOW * 3_600_000 };
  for (const by of ['day', 'door', 'usual'] as const) {
    expect(changedForm(form, {}, { kind: 'attended-by', by }, times)).toEqual({ refused: 'of-no-session' });
  }
});

it('leaves as it is what is so already, also when it is over', () => {
  expect(change(byDay, { by: 'day' }, LAST)).toEqual({ setting: { by: 'day' } });
  expect(change({ kind: 'attended-by', by: 'usual' }, {}, LAST)).toEqual({ setting: {} });
});

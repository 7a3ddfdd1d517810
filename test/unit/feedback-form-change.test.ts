import { expect, it } from 'vitest';
import type { FormSetting } from '../../shared/domain/feedback/form.ts';
import { changedForm, type FormChange } from '../../shared/domain/feedback/form-change.ts';

const instant = (hour: number): string => new Date(hour * 3_600_000).toISOString();
const [NOW, LAST] = [10, 20];

/** A form that opens at noon by the programme, unless it is set otherwise. */
const change = (change: FormChange, before: FormSetting = {}, now = NOW) =>
  changedForm(
    {
      opensAt: before.opensAt === undefined ? 12 * 3_600_000 : Date.parse(before.opensAt),
      closesAt: before.closedAt === undefined ? LAST * 3_600_000 : Date.parse(before.closedAt),
      isOff: before.isOff ?? false,
    },
    before,
    change,
    { lastMoment: LAST * 3_600_000, now: now * 3_600_000 },
  );

const open = { opensAt: instant(8) };
const closed = { ...open, closedAt: instant(9) };

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
] as const)('%s', (_, wanted, before, setting) => {
  expect(change(wanted, before)).toEqual({ setting });
});

it.each([
  ['closes nothing that is not open yet', { kind: 'close' }, {}, NOW, 'form-not-open'],
  ['closes nothing that is off', { kind: 'close' }, { ...open, isOff: true }, NOW, 'form-not-open'],
  ['opens nothing when it is over', { kind: 'open' }, open, LAST, 'feedback-over'],
  ['opens nothing later when it is over', { kind: 'open-at', at: instant(30) }, open, LAST, 'feedback-over'],
  ['opens nothing at a time when it is over', { kind: 'open-at', at: instant(LAST) }, open, NOW, 'too-late'],
] as const)('%s', (_, wanted, before, now, refused) => {
  expect(change(wanted, before, now)).toEqual({ refused });
});

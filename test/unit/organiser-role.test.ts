import { describe, expect, it } from 'vitest';
import { memberId } from '../../shared/kernel/identity.store.ts';
import { readsAboutOrganisers } from '../../shared/minors/report/report.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import {
  endAfter,
  hasEnded,
  holdsAny,
  isOfSecretariat,
  lastDayOf,
  mayDecideOn,
  mayPass,
  mayReadReports,
  maySee,
  mergeGrants,
} from '../../shared/team/role/organiser-role.ts';

const cambodian = { country: 'KH', organisation: 'Sample Ministry', category: 'government' };

describe('who may decide on a registration', () => {
  it.each<[string, RoleGrant, boolean]>([
    ['an organiser', { role: 'organiser' }, true],
    ['a focal point of the country', { role: 'focal-point', countries: ['TH', 'KH'] }, true],
    ['a focal point of another country', { role: 'focal-point', countries: ['TH'] }, false],
    [
      'a focal point of the organisation, however written',
      { role: 'focal-point', organisations: ['sample  MINISTRY'] },
      true,
    ],
    ['a focal point of another organisation', { role: 'focal-point', organisations: ['Sample'] }, false],
    ['a focal point of nothing', { role: 'focal-point' }, false],
    ['another role with that country', { role: 'care', countries: ['KH'] }, false],
  ])('AU6: %s', (_, grant, expected) => {
    expect(mayDecideOn([grant], cambodian)).toBe(expected);
  });
});

describe('who may see someone under 18', () => {
  const child = { ...cambodian, ageBand: 'minor' } as const;
  it.each<[string, RoleGrant, boolean]>([
    ['an organiser', { role: 'organiser' }, false],
    [
      'a focal point of the country, whoever vetted them',
      { role: 'focal-point', countries: ['KH'], vettedUntil: '2099-12-31' },
      false,
    ],
    ['someone of safeguarding whom nobody vetted', { role: 'safeguarding' }, false],
    [
      'someone of safeguarding whose vetting ends before the event',
      { role: 'safeguarding', vettedUntil: '2027-11-01' },
      false,
    ],
    ['someone of safeguarding who is vetted to its end', { role: 'safeguarding', vettedUntil: '2027-11-02' }, true],
    ['an organiser who was vetted', { role: 'organiser', vettedUntil: '2099-12-31' }, true],
  ])('CS13: %s', (_, grant, expected) => {
    expect(maySee([grant], child, '2027-11-02')).toBe(expected);
  });

  it('sees adults no further than they decide on them', () => {
    const vetted: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
    expect([maySee([vetted], cambodian, '2027-11-02'), maySee([{ role: 'organiser' }], cambodian, '')]).toEqual([
      false,
      true,
    ]);
  });
});

describe('a deputy', () => {
  const deputy: readonly RoleGrant[] = [{ role: 'safeguarding', vettedUntil: '2099-12-31', deputy: true }];

  it('passes routes of reports only', () => {
    expect(mayPass(deputy, { ticks: ['safeguarding'], deputies: true })).toBe(true);
    expect(mayPass(deputy, { ticks: ['safeguarding', 'see-minors'] })).toBe(false);
    expect(mayPass([{ role: 'safeguarding' }], { ticks: ['care'], deputies: true })).toBe(false);
    expect(mayReadReports(deputy, '2027-11-02')).toBe(true);
    expect(mayReadReports([{ role: 'safeguarding', vettedUntil: '2027-11-01' }], '2027-11-02')).toBe(false);
  });

  it('CS13: sees nobody, however they were vetted', () => {
    expect(maySee(deputy, { ...cambodian, ageBand: 'minor' }, '2027-11-02')).toBe(false);
    expect(maySee(deputy, cambodian, '2027-11-02')).toBe(false);
    expect(holdsAny(deputy, ['safeguarding'])).toBe(false);
  });

  it.each<[RoleGrant, boolean]>([
    [{ role: 'custom', ticks: ['decide'] }, true],
    [{ role: 'custom', ticks: ['see-people', 'change-people'] }, true],
    [{ role: 'custom', ticks: ['decide'], countries: ['KH'] }, false],
    [{ role: 'custom', ticks: ['see-people'] }, false],
    [{ role: 'custom', ticks: ['see-feedback'] }, false],
    [{ role: 'focal-point', countries: ['KH'] }, false],
    [{ role: 'staff' }, true],
  ])('CS23: who also holds %j is of the secretariat: %j, and reads nothing about it then', (grant, isOne) => {
    expect(isOfSecretariat([...deputy, grant])).toBe(isOne);
    expect(readsAboutOrganisers([...deputy, grant])).toBe(!isOne);
  });

  it('stays one, whichever grant comes first', () => {
    const whole: readonly RoleGrant[] = [{ role: 'safeguarding', vettedUntil: '2027-12-31' }];
    for (const [held, added] of [
      [deputy, whole],
      [whole, deputy],
    ] as const) {
      expect(mergeGrants(held, added)).toEqual([{ role: 'safeguarding', vettedUntil: '2099-12-31', deputy: true }]);
    }
  });
});

describe('roles given twice', () => {
  it('reach as far as both', () => {
    const held: RoleGrant[] = [
      { role: 'focal-point', countries: ['KH'] },
      { role: 'safeguarding', vettedUntil: '2027-12-31' },
    ];
    const added: RoleGrant[] = [
      { role: 'focal-point', countries: ['TH', 'KH'], organisations: ['Sample'] },
      { role: 'safeguarding', vettedUntil: '2027-06-30' },
      { role: 'organiser' },
    ];
    expect(mergeGrants(held, added)).toEqual([
      { role: 'organiser' },
      { role: 'focal-point', countries: ['KH', 'TH'], organisations: ['Sample'] },
      { role: 'safeguarding', vettedUntil: '2027-12-31' },
    ]);
  });

  it('stay apart where they end at other times: one reaches no longer than it was given for', () => {
    const held: RoleGrant[] = [
      { role: 'focal-point', countries: ['KH'] },
      { role: 'safeguarding', deputy: true },
    ];
    const added: RoleGrant[] = [
      { role: 'focal-point', countries: ['LA'], endsAt: '2027-11-05T17:00:00.000Z' },
      { role: 'focal-point', countries: ['TH'], endsAt: '2027-11-05T17:00:00.000Z' },
      { role: 'safeguarding', vettedUntil: '2027-12-31', endsAt: '2027-11-05T17:00:00.000Z' },
    ];
    expect(mergeGrants(held, added)).toEqual([
      { role: 'focal-point', countries: ['KH'] },
      { role: 'focal-point', countries: ['LA', 'TH'], endsAt: '2027-11-05T17:00:00.000Z' },
      { role: 'safeguarding', deputy: true },
      { role: 'safeguarding', deputy: true, vettedUntil: '2027-12-31', endsAt: '2027-11-05T17:00:00.000Z' },
    ]);
  });

  it('end with their last day at the event, whatever the offset of an instant', () => {
    expect(endAfter('2027-11-05', 'Asia/Phnom_Penh')).toBe('2027-11-05T17:00:00.000Z');
    expect(endAfter('2027-12-31', 'UTC')).toBe('2028-01-01T00:00:00.000Z');
    expect(lastDayOf({ endsAt: '2027-11-06T00:00:00+07:00' }, 'Asia/Phnom_Penh')).toBe('2027-11-05');
    const end = { endsAt: '2027-11-06T00:00:00+07:00' };
    expect([
      hasEnded(end, new Date('2027-11-05T16:59:59.999Z')),
      hasEnded(end, new Date('2027-11-05T17:00:00Z')),
    ]).toEqual([false, true]);
    expect(hasEnded({}, new Date('2999-01-01T00:00:00Z'))).toBe(false);
  });

  it('hold what they name', () => {
    expect(holdsAny([{ role: 'care' }], ['manage-team', 'care'])).toBe(true);
    expect(holdsAny([{ role: 'care' }], ['manage-team'])).toBe(false);
    expect(holdsAny([], ['manage-team'])).toBe(false);
  });
});

describe('the name of a member', () => {
  it('means a subject of one issuer only', () => {
    const id = memberId({ issuer: 'https://a.test', subject: 'one' });
    expect(id).toMatch(/^[\w-]{43}$/);
    expect(memberId({ issuer: 'https://b.test', subject: 'one' })).not.toBe(id);
    expect(memberId({ issuer: 'https://a.test","', subject: 'one' })).not.toBe(
      memberId({ issuer: 'https://a.test', subject: '","one' }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../../shared/event/event.ts';
import { definitionWords } from '../../shared/kernel/i18n/problems.ts';
import { siteWords } from '../../shared/kernel/i18n/site.store.ts';
import {
  isLapsedReader,
  openingProblems,
  publishingProblems,
  readsAboutOrganisers,
  reportingProblems,
} from '../../shared/minors/report/report.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { forum } from '../support/forum.ts';

const NOW = new Date('2026-11-28T00:00:00Z');
const READER: RoleGrant = { role: 'safeguarding', vettedUntil: '2099-12-31' };
const DEPUTY: readonly RoleGrant[] = [{ role: 'safeguarding', deputy: true }];
const { minors: _, ...rest } = forum();
const adults: EventDefinition = rest;

function named(changes: Partial<NonNullable<EventDefinition['safeguarding']>>): EventDefinition {
  const { safeguarding } = forum();
  if (safeguarding === undefined) throw new Error('the forum has no safeguarding contact');
  return forum({ safeguarding: { ...safeguarding, ...changes } });
}
const deputy = (email: string) => named({ deputy: { name: { en: 'Deputy', km: 'ជំនួស' }, email } });

describe('CS17, CS23: registration cannot open', () => {
  const { safeguarding: __, ...nobody } = forum();
  const { safeguarding: { deputy: ___, ...contact } = {} } = forum();

  it.each([
    ['without a contact', nobody, 'safeguarding', /contact/],
    ['without a deputy', { ...forum(), safeguarding: contact } as EventDefinition, 'safeguarding.deputy', /deputy/],
    ['with a deputy of the secretariat', deputy('x@COPFORUM.example.org'), 'safeguarding.deputy.email', /outside/],
    ['with a deputy of a part of it', deputy('x@un.copforum.example.org'), 'safeguarding.deputy.email', /outside/],
    ['with a deputy of what it is a part of', deputy('x@example.org'), 'safeguarding.deputy.email', /outside/],
    [
      'with the contact as deputy',
      named({ email: 'a@b.test', deputy: { name: { en: 'A', km: 'A' }, email: 'A@b.test' } }),
      'safeguarding.deputy.email',
      /own/,
    ],
  ])('%s, but stays closed', (_, event, path, says) => {
    const [problem] = reportingProblems(event);
    expect([problem?.path.join('.'), problem && definitionWords(problem, siteWords('en'))]).toEqual([
      path,
      expect.stringMatching(says),
    ]);
    expect(reportingProblems({ ...event, registration: { ...event.registration, closed: true } })).toEqual([]);
  });

  it.each<[string, readonly RoleGrant[], EventDefinition, boolean]>([
    ['nobody', [], forum(), false],
    ['someone not vetted', [{ role: 'safeguarding' }], forum(), false],
    ['someone not vetted, where nobody under 18 comes', [{ role: 'safeguarding' }], adults, true],
    ['someone vetted until too early', [{ role: 'safeguarding', vettedUntil: '2027-11-02' }], forum(), false],
    ['a vetted organiser', [{ role: 'organiser', vettedUntil: '2099-12-31' }], forum(), false],
    ['a deputy alone', [{ ...READER, deputy: true }], forum(), false],
    ['someone vetted', [READER], forum(), true],
  ])('with %s to read reports', (_, grants, event, mayOpen) => {
    const team = [[{ role: 'organiser' } as const], DEPUTY, grants];
    expect(openingProblems(undefined, event, team, NOW)).toHaveLength(mayOpen ? 0 : 1);
  });

  it('with nobody to read what is said about organisers: a deputy who has signed in, and is none', () => {
    for (const other of [[], [...DEPUTY, { role: 'organiser' } as const]]) {
      const [problem] = openingProblems(undefined, forum(), [[READER], other], NOW);
      expect(problem?.unfit?.why).toBe('open-no-deputy');
    }
    expect(openingProblems(undefined, forum(), [[READER], DEPUTY], NOW)).toEqual([]);
  });

  it('by any file: what is open is not published without contact, deputy and reader, but shut, called off and over', () => {
    const problems = (event: unknown, readers: readonly RoleGrant[] = [READER], now = NOW) =>
      publishingProblems(event as EventDefinition, [readers, DEPUTY], now).map(({ path }) => path.join('.'));
    expect(problems(forum())).toEqual([]);
    expect(problems(forum(), [])).toEqual(['registration.opensAt']);
    expect(problems(nobody)).toEqual(['safeguarding']);
    expect(problems(forum({ safeguarding: contact } as never))).toEqual(['safeguarding.deputy']);
    const { registration } = forum();
    expect(problems({ ...nobody, registration: { ...registration, closed: true } }, [])).toEqual([]);
    expect(problems({ ...nobody, status: 'postponed' }, [])).toEqual([]);
    expect(problems(nobody, [], new Date(registration.closesAt))).toEqual([]);
  });

  it('but what is open stays so, and may be changed and closed, and what is not open is not opened', () => {
    const { registration } = forum();
    const problems = (before: EventDefinition, after: EventDefinition) =>
      openingProblems(before, after, [DEPUTY], NOW).length;
    const as = (window: Partial<EventDefinition['registration']>) =>
      forum({ registration: { ...registration, ...window } });
    expect(problems(forum(), as({ closesAt: '2027-10-30T00:00:00Z' }))).toBe(0);
    // One that lacks them already can be changed otherwise; what is open loses nobody.
    expect(problems(nobody as EventDefinition, { ...nobody, version: 2 } as EventDefinition)).toBe(0);
    expect(problems(forum(), { ...nobody, version: 2 } as EventDefinition)).toBe(1);
    expect(problems(forum(), { ...nobody, version: 2, status: 'cancelled' } as EventDefinition)).toBe(0);
    expect(problems(forum({ status: 'cancelled' }), forum())).toBe(1);
    expect(problems(forum({ status: 'postponed' }), forum({ status: 'cancelled' }))).toBe(0);
    expect(problems(as({ closed: true }), forum())).toBe(1);
    const later = as({ opensAt: '2027-01-01T00:00:00Z' });
    expect(problems(later, as({ opensAt: '2027-02-01T00:00:00Z' }))).toBe(0);
    expect(problems(later, as({ opensAt: NOW.toISOString() }))).toBe(1);
    expect(problems(as({ closesAt: '2026-11-02T00:00:00Z' }), forum())).toBe(1);
    expect(problems(later, as({ opensAt: '2026-01-01T00:00:00Z', closesAt: NOW.toISOString() }))).toBe(0);
  });
});

describe('CS23: who reads', () => {
  it('about organisers is a deputy who is none', () => {
    expect(readsAboutOrganisers([{ role: 'safeguarding', deputy: true }])).toBe(true);
    expect(readsAboutOrganisers([{ role: 'safeguarding', deputy: true }, { role: 'organiser' }])).toBe(false);
    expect(readsAboutOrganisers([READER])).toBe(false);
  });

  it('no more has run out of a vetting, and was vetted once', () => {
    expect(isLapsedReader([{ ...READER, vettedUntil: '2027-11-02' }], forum())).toBe(true);
    expect(isLapsedReader([{ ...READER, vettedUntil: '2027-11-03' }], forum())).toBe(false);
    expect(isLapsedReader([{ role: 'safeguarding' }], forum())).toBe(false);
    expect(isLapsedReader([{ role: 'organiser', vettedUntil: '2020-01-01' }], forum())).toBe(false);
    expect(isLapsedReader([{ ...READER, vettedUntil: '2020-01-01' }], adults)).toBe(false);
  });
});

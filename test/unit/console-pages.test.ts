import { describe, expect, it } from 'vitest';
import { PEOPLE } from '../../local/identity/people.ts';
import type { RoleGrant } from '../../shared/team/role/organiser-role.schema.ts';
import { PAGES, type PageName } from '../../web/console/addresses.ts';
import type { PublicEvent } from '../../web/console/desk.ts';
import { pagesFor, screenOf } from '../../web/console/screens.tsx';
import { NotForYou, NotVetted } from '../../web/console/team/roles.tsx';
import { forum } from '../support/site-pages.ts';

const event = forum('en') as unknown as PublicEvent;

const ORGANISES: readonly PageName[] = [
  ...[
    '',
    'registrations',
    'approvals',
    'bulk',
    'add',
    'seats',
    'programme',
    'codes',
    'badges',
    'messages',
    'check-in',
    'feedback',
  ],
  ...['arrivals', 'tags', 'people', 'mail', 'audit', 'system', 'on-behalf', 'definition'],
] as PageName[];

/** Everyone who may sign in to the sample event, and the pages that are theirs. */
const THEIRS: Readonly<Record<string, readonly PageName[]>> = {
  Organiser: ORGANISES,
  'Organiser vetted to see children': [...ORGANISES, 'children'],
  'Focal point for Cambodia': ['', 'registrations', 'approvals', 'bulk', 'on-behalf'],
  'Safeguarding focal point': ['', 'registrations', 'children', 'feedback', 'reports', 'people'],
  'Deputy who reads reports': ['reports'],
  'Care team': ['catering', 'arrange', 'people'],
  'Organiser who is no owner': ORGANISES.filter(
    (page) => !['people', 'audit', 'system', 'tags', 'definition'].includes(page),
  ),
  Protocol: ['', 'registrations', 'arrivals', 'greet'],
  'Desk lead': ['', 'registrations', 'badges', 'check-in', 'arrivals'],
  Communications: ['', 'registrations', 'messages', 'feedback', 'mail'],
  Viewer: ['', 'feedback'],
  'Member with chosen tasks': ['', 'approvals', 'bulk', 'registrations', 'on-behalf'],
  'Someone without a role': [],
};

/** What a member is shown at the address of a page, and of one thing on it, that is not theirs. */
const shownInstead = (page: PageName, grants: readonly RoleGrant[]): unknown[] => [
  ...new Set(
    [undefined, '0000000000'].map(
      (one) => screenOf({ eventId: event.id, page, one }, new URLSearchParams(), { event, grants }).type,
    ),
  ),
];

describe.each(PEOPLE)('the console of: $name', ({ name, grants }) => {
  it('offers the pages that are for their role', () => {
    expect([...pagesFor({ event, grants })].sort()).toEqual([...(THEIRS[name] ?? ['nobody said'])].sort());
  });

  it('says of all others that they are not for them', () => {
    for (const page of PAGES.filter((each) => each !== '' && !THEIRS[name]?.includes(each))) {
      const isForVetted = ['Organiser', 'Organiser who is no owner'].includes(name) && page === 'children';
      expect(shownInstead(page, grants), page).toEqual([isForVetted ? NotVetted : NotForYou]);
    }
  });
});

describe('CS13: reports', () => {
  const LAST_DAY = '2027-11-03';

  it.each([
    ['was not vetted', undefined],
    ['was vetted once', '2020-12-31'],
    ['is vetted until the day before the last', '2027-11-02'],
  ])('are not for someone who looks after children and %s', (_, vettedUntil) => {
    const grants: RoleGrant[] = [{ role: 'safeguarding', vettedUntil }];
    expect(pagesFor({ event, grants })).not.toContain('reports');
    expect(shownInstead('reports', grants)).toEqual([NotVetted]);
  });

  it('are for whoever is vetted until the last day', () => {
    expect(pagesFor({ event, grants: [{ role: 'safeguarding', vettedUntil: LAST_DAY }] })).toContain('reports');
  });
});

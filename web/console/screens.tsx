import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { lastDay } from '../../shared/event/event-times.ts';
import type { Tick } from '../../shared/kernel/route.ts';
import { readersVettedUntil } from '../../shared/minors/report/report.ts';
import { isVetted, mayPass, mayReadReports } from '../../shared/team/role/organiser-role.ts';
import { type Address, navigate, PAGES, type PageName, pageAddress } from './addresses.ts';
import { CheckInPage } from './checkin/check-in-page.tsx';
import type { Desk } from './desk.ts';
import { lazy } from './kernel/parts/lazy.tsx';
import { OverviewScreen } from './registration/overview.tsx';
import { NotForYou, NotVetted } from './team/roles.tsx';

const GROUPS = ['people', 'day', 'event', 'system'] as const;
export type PageGroup = (typeof GROUPS)[number];

interface Page {
  /** Under which it stands in the navigation; by itself where there is none. */
  readonly group?: PageGroup;
  /** One of them is enough. */
  readonly ticks: readonly Tick[];
  /** Of those only for members who were vetted until the event's end. */
  readonly vetted?: true;
  /** For deputies too. */
  readonly deputies?: true;
  readonly Screen: (props: { readonly query: URLSearchParams }) => JSX.Element;
  /** Of one thing on that page, by what its address names it. */
  readonly One?: (props: { readonly one: string; readonly query: URLSearchParams }) => JSX.Element | null;
}

const SEES_PEOPLE: readonly Tick[] = ['see-people', 'safeguarding'];

/** Each page and whom it is for: what someone may not do is not shown to them, and the API would refuse it. */
const SCREENS: Readonly<Partial<Record<PageName, Page>>> = {
  '': { ticks: [...SEES_PEOPLE, 'see-numbers'], Screen: OverviewScreen },
  registrations: {
    group: 'people',
    ticks: SEES_PEOPLE,
    Screen: lazy(
      () => import('./registration/registrations.tsx').then(({ RegistrationsScreen }) => RegistrationsScreen),
      'places',
      'views',
    ),
    One: lazy(
      () => import('./registration/person/registration.tsx').then(({ RegistrationScreen }) => RegistrationScreen),
      'person',
      'places',
    ),
  },
  approvals: {
    group: 'people',
    ticks: ['decide'],
    Screen: lazy(
      () => import('./registration/approvals/approvals.tsx').then(({ ApprovalsScreen }) => ApprovalsScreen),
      'approvals',
      'places',
    ),
  },
  bulk: {
    group: 'people',
    ticks: ['decide', 'cancel-people', 'change-people'],
    Screen: lazy(() => import('./registration/bulk.tsx').then(({ BulkScreen }) => BulkScreen)),
    One: lazy(() => import('./registration/bulk.tsx').then(({ BulkOneScreen }) => BulkOneScreen)),
  },
  tags: {
    group: 'people',
    ticks: ['write-tags'],
    Screen: lazy(() => import('./registration/tags.tsx').then(({ TagsScreen }) => TagsScreen)),
  },
  children: {
    group: 'people',
    ticks: ['see-minors'],
    vetted: true,
    Screen: lazy(() => import('./minors/children.tsx').then(({ MinorsScreen }) => MinorsScreen), 'doors', 'minors'),
    One: lazy(() => import('./minors/child.tsx').then(({ MinorScreen }) => MinorScreen), 'minors'),
  },
  add: {
    group: 'people',
    ticks: ['add-people'],
    Screen: lazy(() => import('./registration/add-person.tsx').then(({ AddPerson }) => AddPerson), 'places'),
  },
  'on-behalf': {
    group: 'people',
    ticks: ['change-people'],
    Screen: lazy(() => import('./registration/on-behalf.tsx').then(({ OnBehalf }) => OnBehalf), 'behalf', 'places'),
  },
  seats: {
    group: 'event',
    ticks: ['seats'],
    Screen: lazy(() => import('./seats/seats.tsx').then(({ SeatsScreen }) => SeatsScreen), 'places'),
  },
  programme: {
    group: 'event',
    ticks: ['edit-event'],
    Screen: lazy(() => import('./event/programme.tsx').then(({ ProgrammeScreen }) => ProgrammeScreen), 'programme'),
    One: lazy(() => import('./event/session.tsx').then(({ SessionScreen }) => SessionScreen), 'programme', 'session'),
  },
  definition: {
    group: 'event',
    ticks: ['define-event'],
    Screen: lazy(
      () => import('./event/definition/definition.tsx').then(({ DefinitionScreen }) => DefinitionScreen),
      'definition',
      'places',
    ),
    One: lazy(
      () => import('./event/definition/definition.tsx').then(({ DefinitionPartScreen }) => DefinitionPartScreen),
      'definition',
      'places',
    ),
  },
  codes: {
    group: 'people',
    ticks: ['add-people'],
    Screen: lazy(() => import('./registration/codes.tsx').then(({ CodesScreen }) => CodesScreen), 'codes'),
  },
  badges: {
    group: 'day',
    ticks: ['run-check-in'],
    Screen: lazy(() => import('./checkin/badges.tsx').then(({ BadgesScreen }) => BadgesScreen), 'places'),
  },
  messages: {
    group: 'people',
    ticks: ['write-to-many'],
    Screen: lazy(() => import('./announcements/messages.tsx').then(({ MessagesScreen }) => MessagesScreen), 'messages'),
    One: lazy(() => import('./announcements/message.tsx').then(({ MessageScreen }) => MessageScreen), 'messages'),
  },
  'check-in': {
    group: 'day',
    ticks: ['run-check-in'],
    Screen: lazy(() => import('./checkin/check-in.tsx').then(({ CheckInScreen }) => CheckInScreen), 'doors'),
    One: CheckInPage,
  },
  arrivals: {
    group: 'day',
    ticks: ['run-check-in', 'protocol'],
    Screen: lazy(
      () => import('./checkin/arrivals.tsx').then(({ ArrivalsScreen }) => ArrivalsScreen),
      'doors',
      'places',
    ),
    One: lazy(() => import('./checkin/arrivals.tsx').then(({ ProjectorScreen }) => ProjectorScreen), 'doors', 'places'),
  },
  greet: {
    group: 'day',
    ticks: ['greet'],
    Screen: lazy(() => import('./checkin/greet.tsx').then(({ GreetScreen }) => GreetScreen), 'doors', 'places'),
  },
  feedback: {
    group: 'event',
    ticks: ['see-feedback'],
    Screen: lazy(() => import('./feedback/feedback.tsx').then(({ FeedbackScreen }) => FeedbackScreen), 'feedback'),
    One: lazy(() => import('./feedback/feedback.tsx').then((each) => each.FormScreens), 'feedback'),
  },
  catering: {
    group: 'day',
    ticks: ['care'],
    Screen: lazy(() => import('./care/catering.tsx').then(({ Catering }) => Catering)),
  },
  arrange: {
    group: 'day',
    ticks: ['care'],
    Screen: lazy(() => import('./care/arrange.tsx').then(({ Arrange }) => Arrange), 'arrange', 'places'),
  },
  reports: {
    group: 'people',
    ticks: ['safeguarding'],
    vetted: true,
    deputies: true,
    Screen: lazy(() => import('./minors/reports.tsx').then(({ Reports }) => Reports), 'reports'),
    One: lazy(() => import('./minors/report.tsx').then(({ ReportScreen }) => ReportScreen), 'reports'),
  },
  people: {
    group: 'system',
    ticks: ['manage-team', 'safeguarding', 'care'],
    Screen: lazy(() => import('./team/members.tsx').then(({ TeamScreen }) => TeamScreen), 'people', 'places'),
  },
  mail: {
    group: 'system',
    ticks: ['write-to-many'],
    Screen: lazy(() => import('./mail/mail.tsx').then(({ MailScreen }) => MailScreen)),
  },
  audit: {
    group: 'system',
    ticks: ['manage-team'],
    Screen: lazy(
      () => import('./team/audit.tsx').then(({ AuditScreen }) => AuditScreen),
      'audit',
      'definition',
      'doors',
      'places',
    ),
  },
  system: {
    group: 'system',
    ticks: ['manage-team'],
    Screen: lazy(() => import('./mail/system.tsx').then(({ SystemScreen }) => SystemScreen), 'system'),
  },
};

/** The event, and what the member who is signed in may do in it. */
type Opened = Pick<Desk, 'event' | 'grants'>;

const mayOpen = (page: PageName, { event, grants }: Opened): boolean => {
  const { ticks = [], vetted, deputies } = SCREENS[page] ?? {};
  if (vetted && deputies) return mayReadReports(grants, readersVettedUntil(event));
  return vetted ? isVetted(grants, ticks, lastDay(event)) : mayPass(grants, { ticks });
};

/** The pages that the member who is signed in may open. */
export const pagesFor = (opened: Opened): readonly PageName[] => PAGES.filter((page) => mayOpen(page, opened));

/** As many pages as stand in one line without groups. */
const MOST_FLAT = 6;

/** What stands in the navigation, in its order: a page, or a group with its pages. A group of one page is that page. */
export function navigationFor(opened: Opened): readonly (readonly [PageGroup | undefined, readonly PageName[]])[] {
  const pages = pagesFor(opened);
  if (pages.length <= MOST_FLAT) return pages.map((page) => [undefined, [page]]);
  return [undefined, ...GROUPS].flatMap((group) => {
    const own = pages.filter((page) => SCREENS[page]?.group === group);
    return own.length === 0 ? [] : [[own.length === 1 ? undefined : group, own] as const];
  });
}

export function screenOf({ page, one }: Address, query: URLSearchParams, opened: Opened): JSX.Element {
  const found = SCREENS[page];
  if (found === undefined || !mayOpen(page, opened)) {
    if (found && mayPass(opened.grants, found)) return <NotVetted />;
    const [first] = pagesFor(opened);
    return page === '' && first ? <GoTo address={pageAddress(opened.event.id, first)} /> : <NotForYou />;
  }
  if (one !== undefined && found.One) return <found.One key={one} one={one} query={query} />;
  return <found.Screen key={page} query={query} />;
}

/** A member without a part in deciding begins with the first page that is theirs. */
function GoTo({ address }: { readonly address: string }) {
  useEffect(() => navigate(address, { replace: true }), []);
  return null;
}

import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { lastDay } from '../../shared/event/event-times.ts';
import type { OrganiserRole } from '../../shared/kernel/access.ts';
import { readersVettedUntil } from '../../shared/minors/report/report-readers.ts';
import { isVetted, mayPass, mayReadReports } from '../../shared/team/role/organiser-role.ts';
import { type Address, PAGES, type PageName, pageOf } from './addresses.ts';
import { CheckInPage } from './checkin/check-in-page.tsx';
import type { Desk } from './desk.ts';
import { lazy } from './kernel/parts/lazy.tsx';
import { Overview } from './registration/overview.tsx';
import { Registrations } from './registration/registrations.tsx';
import { navigate } from './router.ts';
import { NotForYou, NotVetted } from './team/roles.tsx';

interface Page {
  readonly roles: readonly OrganiserRole[];
  /** Of those only for members who were vetted until the event's end. */
  readonly vetted?: true;
  /** For deputies too. */
  readonly deputies?: true;
  readonly Screen: (props: { readonly query: URLSearchParams }) => JSX.Element;
  /** Of one thing on that page, by what its address names it. */
  readonly One?: (props: { readonly one: string }) => JSX.Element | null;
}

const WHO_DECIDES: readonly OrganiserRole[] = ['organiser', 'focal-point', 'safeguarding'];

/** Each page and whom it is for: what someone may not do is not shown to them, and the API would refuse it. */
const SCREENS: Readonly<Partial<Record<PageName, Page>>> = {
  '': { roles: WHO_DECIDES, Screen: Overview },
  registrations: {
    roles: WHO_DECIDES,
    Screen: Registrations,
    One: lazy(() => import('./registration/registration.tsx').then(({ Registration }) => Registration)),
  },
  children: {
    roles: ['safeguarding', 'organiser'],
    vetted: true,
    Screen: lazy(() => import('./minors/children.tsx').then(({ Children }) => Children), 'doors', 'minors'),
    One: lazy(() => import('./minors/child.tsx').then(({ Child }) => Child), 'minors'),
  },
  add: {
    roles: ['organiser'],
    Screen: lazy(() => import('./registration/add-person.tsx').then(({ AddPerson }) => AddPerson)),
  },
  seats: { roles: ['organiser'], Screen: lazy(() => import('./seats/seats.tsx').then(({ Seats }) => Seats)) },
  programme: {
    roles: ['organiser'],
    Screen: lazy(() => import('./event/programme.tsx').then(({ Programme }) => Programme)),
    One: lazy(() => import('./event/session.tsx').then(({ Session }) => Session)),
  },
  codes: { roles: ['organiser'], Screen: lazy(() => import('./registration/codes.tsx').then(({ Codes }) => Codes)) },
  badges: { roles: ['organiser'], Screen: lazy(() => import('./checkin/badges.tsx').then(({ Badges }) => Badges)) },
  messages: {
    roles: ['organiser'],
    Screen: lazy(() => import('./announcements/messages.tsx').then(({ Messages }) => Messages)),
    One: lazy(() => import('./announcements/message.tsx').then(({ Message }) => Message)),
  },
  'check-in': {
    roles: ['organiser'],
    Screen: lazy(() => import('./checkin/check-in.tsx').then(({ CheckIn }) => CheckIn)),
    One: CheckInPage,
  },
  feedback: {
    roles: ['organiser', 'safeguarding'],
    Screen: lazy(() => import('./feedback/feedback.tsx').then(({ Feedback }) => Feedback), 'feedback'),
    One: lazy(() => import('./feedback/feedback-page.tsx').then((each) => each.FeedbackPage), 'feedback'),
  },
  catering: { roles: ['care'], Screen: lazy(() => import('./care/catering.tsx').then(({ Catering }) => Catering)) },
  arrange: { roles: ['care'], Screen: lazy(() => import('./care/arrange.tsx').then(({ Arrange }) => Arrange)) },
  reports: {
    roles: ['safeguarding'],
    vetted: true,
    deputies: true,
    Screen: lazy(() => import('./minors/reports.tsx').then(({ Reports }) => Reports)),
    One: lazy(() => import('./minors/report.tsx').then(({ Report }) => Report)),
  },
  people: {
    roles: ['organiser', 'safeguarding', 'care'],
    Screen: lazy(() => import('./team/people.tsx').then(({ People }) => People)),
  },
  mail: { roles: ['organiser'], Screen: lazy(() => import('./mail/mail.tsx').then(({ Mail }) => Mail)) },
};

/** The event, and what the member who is signed in may do in it. */
type Opened = Pick<Desk, 'event' | 'grants'>;

const mayOpen = (page: PageName, { event, grants }: Opened): boolean => {
  const { roles = [], vetted, deputies } = SCREENS[page] ?? {};
  if (vetted && deputies) return mayReadReports(grants, readersVettedUntil(event));
  return vetted ? isVetted(grants, roles, lastDay(event)) : mayPass(grants, { roles });
};

/** The pages that the member who is signed in may open. */
export const pagesFor = (opened: Opened): readonly PageName[] => PAGES.filter((page) => mayOpen(page, opened));

export function screenOf({ page, one }: Address, query: URLSearchParams, opened: Opened): JSX.Element {
  const found = SCREENS[page];
  if (found === undefined || !mayOpen(page, opened)) {
    if (found && mayPass(opened.grants, found)) return <NotVetted />;
    const [first] = pagesFor(opened);
    return page === '' && first ? <GoTo address={pageOf(opened.event.id, first)} /> : <NotForYou />;
  }
  if (one !== undefined && found.One) return <found.One key={one} one={one} />;
  return <found.Screen key={page} query={query} />;
}

/** A member without a part in deciding begins with the first page that is theirs. */
function GoTo({ address }: { readonly address: string }) {
  useEffect(() => navigate(address, { replace: true }), []);
  return null;
}

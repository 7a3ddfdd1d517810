import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { lastDay } from '../../shared/domain/event-times.ts';
import { holdsAny, isVetted, type OrganiserRole } from '../../shared/domain/organiser-role.ts';
import { type Address, PAGES, type PageName, pageOf } from './addresses.ts';
import type { Desk } from './desk.ts';
import { navigate } from './router.ts';
import { AddPerson } from './screens/add-person.tsx';
import { Arrange } from './screens/arrange.tsx';
import { Catering } from './screens/catering.tsx';
import { Child } from './screens/child.tsx';
import { Children } from './screens/children.tsx';
import { Codes } from './screens/codes.tsx';
import { Mail } from './screens/mail.tsx';
import { Message } from './screens/message.tsx';
import { Messages } from './screens/messages.tsx';
import { NotForYou, NotVetted } from './screens/no-role.tsx';
import { Overview } from './screens/overview.tsx';
import { People } from './screens/people.tsx';
import { Programme } from './screens/programme.tsx';
import { Registration } from './screens/registration.tsx';
import { Registrations } from './screens/registrations.tsx';
import { Report } from './screens/report.tsx';
import { Reports } from './screens/reports.tsx';
import { Seats } from './screens/seats.tsx';
import { Session } from './screens/session.tsx';

interface Page {
  readonly roles: readonly OrganiserRole[];
  /** Of those only for whoever was vetted until the event's end. */
  readonly vetted?: true;
  readonly Screen: (props: { readonly query: URLSearchParams }) => JSX.Element;
  /** Of one thing on that page, by what its address names it. */
  readonly One?: (props: { readonly one: string }) => JSX.Element | null;
}

const WHO_DECIDES: readonly OrganiserRole[] = ['organiser', 'focal-point', 'safeguarding'];

/** Each page and whom it is for: what someone may not do is not shown to them, and the API would refuse it. */
const SCREENS: Readonly<Partial<Record<PageName, Page>>> = {
  '': { roles: WHO_DECIDES, Screen: Overview },
  registrations: { roles: WHO_DECIDES, Screen: Registrations, One: Registration },
  children: { roles: ['safeguarding', 'organiser'], vetted: true, Screen: Children, One: Child },
  add: { roles: ['organiser'], Screen: AddPerson },
  seats: { roles: ['organiser'], Screen: Seats },
  programme: { roles: ['organiser'], Screen: Programme, One: Session },
  codes: { roles: ['organiser'], Screen: Codes },
  messages: { roles: ['organiser'], Screen: Messages, One: Message },
  catering: { roles: ['care'], Screen: Catering },
  arrange: { roles: ['care'], Screen: Arrange },
  reports: { roles: ['safeguarding'], vetted: true, Screen: Reports, One: Report },
  people: { roles: ['organiser'], Screen: People },
  mail: { roles: ['organiser'], Screen: Mail },
};

/** The event, and what whoever is signed in may do in it. */
type Opened = Pick<Desk, 'event' | 'grants'>;

const mayOpen = (page: PageName, { event, grants }: Opened): boolean => {
  const { roles = [], vetted } = SCREENS[page] ?? {};
  return vetted ? isVetted(grants, roles, lastDay(event)) : holdsAny(grants, roles);
};

/** The pages that whoever is signed in may open. */
export const pagesFor = (opened: Opened): readonly PageName[] => PAGES.filter((page) => mayOpen(page, opened));

export function screenOf({ page, one }: Address, query: URLSearchParams, opened: Opened): JSX.Element {
  const found = SCREENS[page];
  if (found === undefined || !mayOpen(page, opened)) {
    if (found && holdsAny(opened.grants, found.roles)) return <NotVetted />;
    const [first] = pagesFor(opened);
    return page === '' && first ? <GoTo address={pageOf(opened.event.id, first)} /> : <NotForYou />;
  }
  if (one !== undefined && found.One) return <found.One key={one} one={one} />;
  return <found.Screen key={page} query={query} />;
}

/** Whoever has no part in deciding begins with the first page that is theirs. */
function GoTo({ address }: { readonly address: string }) {
  useEffect(() => navigate(address, { replace: true }), []);
  return null;
}

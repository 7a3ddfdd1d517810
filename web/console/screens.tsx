import type { JSX } from 'preact';
import { holdsAny, type OrganiserRole, type RoleGrant } from '../../shared/domain/organiser-role.ts';
import type { Address, PageName } from './addresses.ts';
import { AddPerson } from './screens/add-person.tsx';
import { Codes } from './screens/codes.tsx';
import { NotForYou } from './screens/no-role.tsx';
import { Overview } from './screens/overview.tsx';
import { People } from './screens/people.tsx';
import { Programme } from './screens/programme.tsx';
import { Registration } from './screens/registration.tsx';
import { Registrations } from './screens/registrations.tsx';
import { Seats } from './screens/seats.tsx';
import { Session } from './screens/session.tsx';

interface Page {
  readonly roles: readonly OrganiserRole[];
  readonly Screen: (props: { readonly query: URLSearchParams }) => JSX.Element;
  /** Of one thing on that page, by what its address names it. */
  readonly One?: (props: { readonly one: string }) => JSX.Element | null;
}

const WHO_DECIDES: readonly OrganiserRole[] = ['organiser', 'focal-point', 'safeguarding'];

/** Each page and whom it is for: what someone may not do is not shown to them, and the API would refuse it. */
const SCREENS: Readonly<Partial<Record<PageName, Page>>> = {
  '': { roles: WHO_DECIDES, Screen: Overview },
  registrations: { roles: WHO_DECIDES, Screen: Registrations, One: Registration },
  add: { roles: ['organiser'], Screen: AddPerson },
  seats: { roles: ['organiser'], Screen: Seats },
  programme: { roles: ['organiser'], Screen: Programme, One: Session },
  codes: { roles: ['organiser'], Screen: Codes },
  people: { roles: ['organiser'], Screen: People },
};

export const mayOpen = (page: PageName, grants: readonly RoleGrant[]): boolean =>
  holdsAny(grants, SCREENS[page]?.roles ?? []);

export function screenOf({ page, one }: Address, query: URLSearchParams, grants: readonly RoleGrant[]): JSX.Element {
  const found = SCREENS[page];
  if (found === undefined || !mayOpen(page, grants)) return <NotForYou />;
  if (one !== undefined && found.One) return <found.One key={one} one={one} />;
  return <found.Screen key={page} query={query} />;
}

import { askedOfDelegations, columnLabels } from '../../web/site/delegation/columns.ts';
import { delegationPage, ticketsPage } from '../../web/site/delegation/delegation-page.ts';
import { linkReplacedPage } from '../../web/site/registration/ended-pages.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import { registrationWindow } from '../event/event-times.ts';
import { ProblemError } from '../kernel/errors.ts';
import { type Guarded, guarded, type Handle, linkToken } from '../kernel/http/handler.case.ts';
import { PROBLEMS } from '../kernel/http/problem.schema.ts';
import { document, page } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import { workbook } from '../kernel/text/workbook.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { qrSvg } from '../ticket/qr.store.ts';
import { coordinatorOf, everCoordinatorOf, shownMembers } from './coordinator.case.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import { MOST_PEOPLE, takesPlace } from './delegation.ts';

/** The people of a delegation, and where each of them stands. */
export const showDelegation = (
  deps: Needs<'events' | 'rosters' | 'secrets' | 'system'>,
): Guarded<typeof DELEGATION_ROUTES.showDelegation> =>
  guarded(
    (sender) => everCoordinatorOf(deps, linkToken(sender), sender.language),
    async ({ query: { done }, path }, { held, isCurrent }) => {
      const { roster, event, language } = held;
      const t = siteWords(language);
      if (!isCurrent) return page(linkReplacedPage({ event, language, t, path, done }), PROBLEMS['link-replaced']);
      const members = await shownMembers(deps, roster);
      const isOpen = registrationWindow(event, deps.system.now()) === 'open';
      const places = isOpen ? MOST_PEOPLE - members.filter(({ state }) => takesPlace(state)).length : 0;
      const { email, optedOut } = roster.delegation;
      const isMailStopped = optedOut === true;
      return page(delegationPage({ event, language, t, path, email, isMailStopped, members, places, done }));
    },
  );

/**
 * The tickets that a coordinator hands over, signed as they are shown. Who has an address of their own has theirs by
 * mail, even where the coordinator sees them; who takes part online needs none on paper.
 */
export const showTickets =
  (deps: Needs<'events' | 'rosters' | 'secrets' | 'signer' | 'system'>): Handle<typeof DELEGATION_ROUTES.showTickets> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { roster, event, language } = await coordinatorOf(deps, token, wanted);
    const t = siteWords(language);
    const handedOver = (await shownMembers(deps, roster)).flatMap(({ registration }) => registration ?? []);
    const tickets = await Promise.all(
      handedOver
        .filter((each) => !isCalledOff(event) && isOnPaper(asHeld(event, each)))
        .map(async (registration) => {
          const { code, typed } = await deps.signer.sign(event, registration);
          const name = t('tickets.qr', { name: registration.fullName });
          return { registration, typed, qr: qrSvg(code, name) };
        }),
    );
    return page(ticketsPage({ event, language, t, path, tickets }));
  };

const isOnPaper = ({ status, mode, delegation }: Registration): boolean =>
  status === 'confirmed' && mode === 'in-person' && delegation?.throughCoordinator === true;

/** A table to fill in, with every column that is read. */
export const getDelegationTable =
  (deps: Needs<'events'>): Handle<typeof DELEGATION_ROUTES.getDelegationTable> =>
  async ({ params: { eventId }, language: wanted }) => {
    const localised = await deps.events.readEvent(eventId, wanted);
    if (localised === undefined) throw new ProblemError('unknown-event');
    const labels = columnLabels(askedOfDelegations(localised.event), siteWords(localised.language));
    return document('workbook', `delegation-${eventId}`, workbook([[...labels.values()]]));
  };

import { ticketsPage } from '../../web/site/delegation/delegation-page.ts';
import { asHeld, isCalledOff } from '../event/event-standing.ts';
import type { Handle } from '../kernel/http/handler.case.ts';
import { page } from '../kernel/http/reply.ts';
import { siteWords } from '../kernel/i18n/site.store.ts';
import type { Needs } from '../kernel/parts.store.ts';
import type { Registration } from '../registration/registration.schema.ts';
import { qrSvg } from '../ticket/qr.store.ts';
import { coordinatorOf } from './coordinator.case.ts';
import type { DELEGATION_ROUTES } from './delegation.routes.ts';
import { shownMembers } from './roster.case.ts';

type Deps = Needs<'events' | 'rosters' | 'secrets' | 'signer' | 'system'>;

/**
 * The tickets that a coordinator hands over, signed as they are shown. Who has an address of their own has theirs by
 * mail, even where the coordinator sees them; who takes part online needs none on paper.
 */
export const showTickets =
  (deps: Deps): Handle<typeof DELEGATION_ROUTES.showTickets> =>
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

import { BusyError } from '../../kernel/errors.ts';
import type { MailTurn } from '../../kernel/keys/pass.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { newId, newMessage } from '../../mail/outbox/new-items.store.ts';
import { refusePass } from '../apply/require-pass.case.ts';
import { hashUnconfirmed } from '../hashes.store.ts';
import { isLinkDue } from '../link/manage-link.store.ts';
import type { Application } from '../registration.schema.ts';
import { isWaiting, nextForm } from './unconfirmed.ts';

type Deps = Needs<'secrets' | 'system' | 'unconfirmed'>;

export interface FormByMail {
  readonly eventId: string;
  readonly application: Application;
  readonly codeHash: string | undefined;
  readonly requestHash: string;
}

/** Each lost race means that another form for the same address was sent at the same time, or one was confirmed. */
const MOST_DECISIONS = 4;

/**
 * Keeps a form until its sender confirms it by a mailed link: it holds no seat, and nothing of it is looked at by
 * anyone. It goes the same way for known and unknown addresses (AU5), and one address gets the link at most every 30
 * minutes, however often the form is sent.
 *
 * @throws ProofNeededError where this minute's turns are taken, BusyError when rivals do not let go
 */
export async function keepForm(deps: Deps, form: FormByMail, turn: MailTurn): Promise<void> {
  const { eventId, application, codeHash, requestHash: request } = form;
  const { email, language } = application;
  const id = await hashUnconfirmed(deps.secrets, eventId, email);
  for (let decision = 1; decision <= MOST_DECISIONS; decision += 1) {
    const before = await deps.unconfirmed.read(eventId, id);
    const now = deps.system.now();
    const waits = isWaiting(before, now);
    if (waits && before.request === request) return;
    const isMailed = !waits || isLinkDue(before, now);
    const sent = { eventId, id, edition: newId(deps.system), application, codeHash, request };
    const outcome = await deps.unconfirmed.keep({
      before,
      after: nextForm(before, sent, { now, link: newId(deps.system), isMailed }),
      turn,
      message: isMailed
        ? newMessage(deps.system, 'confirm-registration', { eventId, reference: id, email, language })
        : undefined,
    });
    if (outcome === 'done') return;
    if (outcome === 'pass-spent') return refusePass(deps, eventId);
  }
  throw new BusyError();
}

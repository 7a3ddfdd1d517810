import type { LocalisedEvent } from '../../event/localised-event.store.ts';
import { ProblemError } from '../../kernel/errors.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { isProvenConfirm, parseConfirmToken } from './confirm-link.store.ts';
import { isLive } from './unconfirmed.ts';
import type { UnconfirmedForm } from './unconfirmed-item.schema.ts';

type Deps = Needs<'events' | 'secrets' | 'system' | 'unconfirmed'>;

/** A form whose link someone holds, with its event. */
export interface HeldForm extends LocalisedEvent {
  readonly form: UnconfirmedForm;
}

/** @throws ProblemError `confirm-link-not-valid`, the same for a broken, forged or expired link */
export async function formOf(deps: Deps, token: string, language: string): Promise<HeldForm> {
  const claim = parseConfirmToken(token);
  if (claim === undefined) throw new ProblemError('confirm-link-not-valid');
  const [form, localised] = await Promise.all([
    deps.unconfirmed.read(claim.eventId, claim.id),
    deps.events.readEvent(claim.eventId, language),
  ]);
  const isProven = form && isLive(form, deps.system.now()) && (await isProvenConfirm(claim, form, deps.secrets));
  if (!form || !localised || !isProven) throw new ProblemError('confirm-link-not-valid');
  return { ...localised, form };
}

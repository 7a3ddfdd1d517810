import type { Needs } from '../../kernel/parts.store.ts';
import type { RegistrationWithEvent } from '../../registration/registration.store.ts';
import { endYoung, isForgotten } from '../end-young.case.ts';
import type { HandoverSent } from '../handover/handover.ts';
import { replaceHandoverCode, sayHandover } from '../handover/say-handover.case.ts';
import { guardianStep } from '../young.ts';
import { agree } from './agree.case.ts';
import { changePhone } from './change-phone.case.ts';
import { takeBack } from './take-back.case.ts';

type Deps = Needs<'changes' | 'registrations' | 'secrets' | 'system' | 'tables' | 'young'>;

export interface Decision {
  /** `take-back` is for one consent alone. */
  readonly action: 'agree' | 'refuse' | 'withdraw' | 'take-back' | 'change-phone' | 'say-handover' | 'replace-code';
  /** Consent id to the version that was shown. */
  readonly consents: Readonly<Record<string, string>>;
  /** Where they can be reached in an emergency. */
  readonly phone?: string | undefined;
  /** How the minor leaves. */
  readonly handover?: HandoverSent | undefined;
  /** The id of the one that is taken back. */
  readonly consent?: string | undefined;
}

export type Decided = 'agreed' | 'refused' | 'withdrawn';

/**
 * Does what a guardian pressed. Before they have agreed, to withdraw is to refuse.
 *
 * @throws InvalidInputError for consents that cannot be taken, what is no phone number, or names that are none
 */
export async function decide(
  deps: Deps,
  asked: RegistrationWithEvent,
  { action, consents, consent = '', phone = '', handover }: Decision,
): Promise<Decided> {
  if (isForgotten(asked.registration)) return 'withdrawn';
  if (action === 'agree') {
    await agree(deps, asked, consents, phone);
    return 'agreed';
  }
  if (action === 'change-phone') {
    await changePhone(deps, asked, phone);
    return 'agreed';
  }
  if (action === 'take-back') {
    await takeBack(deps, asked, consent);
    return 'agreed';
  }
  if (action === 'say-handover') {
    await sayHandover(deps, asked, handover ?? { adults: [], never: '' });
    return 'agreed';
  }
  if (action === 'replace-code') {
    await replaceHandoverCode(deps, asked);
    return 'agreed';
  }
  const isRefusal = guardianStep(asked.registration) === 'asked';
  await endYoung(deps, asked, isRefusal ? 'guardian-refused' : 'consent-withdrawn');
  return isRefusal ? 'refused' : 'withdrawn';
}

import { guardianStep } from '../../shared/domain/young.ts';
import { endYoung, isForgotten } from '../../shared/registering/end-young.ts';
import type { RegistrationWithEvent } from '../../shared/store/registration-store.ts';
import { agree } from './agree.ts';
import { changePhone } from './change-phone.ts';
import type { Deps } from './deps.ts';
import { takeBack } from './take-back.ts';

export interface Decision {
  /** `take-back` is for one consent alone. */
  readonly action: 'agree' | 'refuse' | 'withdraw' | 'take-back' | 'change-phone';
  /** Consent id to the version that was shown. */
  readonly consents: Readonly<Record<string, string>>;
  /** Where they can be reached in an emergency. */
  readonly phone?: string | undefined;
  /** The id of the one that is taken back. */
  readonly consent?: string | undefined;
}

export type Decided = 'agreed' | 'refused' | 'withdrawn';

/**
 * Does what a guardian pressed. Before they have agreed, to withdraw is to refuse.
 *
 * @throws InvalidInputError for consents that cannot be taken, or what is no phone number
 */
export async function decide(
  deps: Deps,
  asked: RegistrationWithEvent,
  { action, consents, consent = '', phone = '' }: Decision,
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
  const isRefusal = guardianStep(asked.registration) === 'asked';
  await endYoung(deps, asked, isRefusal ? 'guardian-refused' : 'consent-withdrawn');
  return isRefusal ? 'refused' : 'withdrawn';
}

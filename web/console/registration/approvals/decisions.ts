import { useRef, useState } from 'preact/hooks';
import { useDesk } from '../../desk.ts';
import { SignedOutError } from '../../kernel/session.ts';
import { t } from '../../words.ts';
import { type DeclineWhy, NO_WHY, whySent } from '../decline-reason.tsx';
import { useDecideOne } from '../held.tsx';
import type { KnownPerson } from '../people.ts';

/** What is decided of an applicant. */
export interface DeskDecision {
  readonly kind: 'approve' | 'decline';
  /** Of a decline. */
  readonly why?: DeclineWhy;
  readonly withoutClosedSessions?: true;
}

/** A decision that was not taken: the applicant comes back with it, and with what was typed. */
export interface Failed extends DeskDecision {
  readonly person: KnownPerson;
  /** What the server answered; nothing where it left them as they were. */
  readonly error?: unknown;
}

/**
 * Decisions that are on their way while the next applicant is looked at already.
 *
 * @returns whether someone is decided on as far as this screen knows, those who came back, and what decides
 */
export function useDecisions() {
  const { tell, untell, people, onSignedOut } = useDesk();
  const decideOne = useDecideOne();
  /** Up to which revision someone is out of the queue. */
  const sent = useRef(new Map<string, number>());
  const [failed, setFailed] = useState<readonly Failed[]>([]);
  const [, setTold] = useState(0);
  const without = (reference: string) => (all: readonly Failed[]) =>
    all.filter(({ person }) => person.reference !== reference);

  async function decide(person: KnownPerson, decided: DeskDecision): Promise<void> {
    const { reference, revision, fullName: name } = person;
    const { kind, why = NO_WHY, withoutClosedSessions } = decided;
    sent.current.set(reference, revision);
    setFailed(without(reference));
    untell();
    setTold((times) => times + 1);
    const comeBack = (error?: unknown): void => {
      sent.current.delete(reference);
      setFailed((all) => [...without(reference)(all), { ...decided, person, error }]);
    };
    try {
      const more = kind === 'decline' ? whySent(why) : { ...(withoutClosedSessions && { withoutClosedSessions }) };
      const outcome = await decideOne(kind, person, more);
      people.look();
      if (outcome === undefined) tell(t('decide.underWay'), 'warn');
      else if (outcome === 'waits') tell(t('decide.waitlisted', { name }));
      else if (outcome === 'done') tell(t(kind === 'decline' ? 'decide.declined' : 'decide.approved', { name }));
      else if (outcome === 'already') tell(t('approvals.already', { name }), 'warn');
      else comeBack();
    } catch (error) {
      if (error instanceof SignedOutError) onSignedOut();
      else comeBack(error ?? new Error('failed for no reason'));
    }
  }

  return {
    isSent: ({ reference, revision }: KnownPerson): boolean => revision <= (sent.current.get(reference) ?? 0),
    failed,
    decide,
  };
}

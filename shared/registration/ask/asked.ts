import type { AskedQuestion, Registration } from '../registration.schema.ts';

/** Letters of a question to an applicant, and of their answer, as a reader counts them. */
export const QUESTION_LETTERS = { least: 10, most: 500 } as const;
export const LONGEST_ANSWER = 1_000;

/** Questions to one applicant, the withdrawn ones included. */
export const MOST_QUESTIONS = 3;

type Applicant = Pick<Registration, 'asked' | 'status'>;

const isOpen = ({ answeredAt, withdrawnAt }: AskedQuestion): boolean =>
  answeredAt === undefined && withdrawnAt === undefined;

/** The question that an applicant has yet to answer: there is one at most. */
export const openQuestion = ({ asked = [], status }: Applicant): AskedQuestion | undefined =>
  status === 'pending-approval' ? asked.find(isOpen) : undefined;

/** Why an approver cannot ask something, or something more. */
export type NotAskable = 'minor' | 'no-address' | 'open' | 'enough' | 'over';

/**
 * Minors are asked nothing here: their guardian speaks for them, and what is said of a child is kept where few may look. Who has no address
 * could not be told.
 */
export function notAskable(of: Applicant & Pick<Registration, 'ageBand' | 'email'>): NotAskable | undefined {
  if (of.ageBand === 'minor') return 'minor';
  if (of.email === '') return 'no-address';
  if (openQuestion(of) !== undefined) return 'open';
  return (of.asked ?? []).length >= MOST_QUESTIONS ? 'enough' : undefined;
}

/** What nobody answered before the applicant was decided on, or cancelled, is withdrawn. @param at ISO 8601 */
export function withdrawnQuestions(
  { asked = [] }: Pick<Registration, 'asked'>,
  at: string,
): Pick<Registration, 'asked'> {
  if (!asked.some(isOpen)) return {};
  return { asked: asked.map((each) => (isOpen(each) ? { ...each, withdrawnAt: at } : each)) };
}

/** What was withdrawn last is open again: a decision that withdrew it is taken back. */
export const reopenedQuestions = ({ asked = [] }: Pick<Registration, 'asked'>): Registration['asked'] =>
  asked.map((each, nth) => {
    const { withdrawnAt: _, ...open } = each;
    return nth === asked.length - 1 ? open : each;
  });

const shown = ({ at: askedAt, ...rest }: AskedQuestion) => ({ ...rest, askedAt });

/** All that an applicant was asked, in order, as members who decide see it; nothing where they were asked nothing. */
export const askedShown = ({ asked }: Pick<Registration, 'asked'>) => asked?.map(shown);

/** What an applicant was asked last, while they wait for the decision and it was not withdrawn. */
export function questionShown({ asked = [], status }: Applicant): ReturnType<typeof shown> | undefined {
  const last = asked.at(-1);
  if (status !== 'pending-approval' || last === undefined || last.withdrawnAt !== undefined) return undefined;
  return shown(last);
}

import { problemAnswer } from '../../../web/site/kernel/problem-answer.ts';
import type { EventDefinition } from '../../event/event.ts';
import { InvalidInputError, ProblemError, ProofNeededError } from '../errors.ts';
import { siteWords } from '../i18n/site.store.ts';
import type { SiteTranslate } from '../i18n/words.ts';
import type { ProofChallenge } from '../proof.schema.ts';
import { addressTaken, meantField } from '../text/email-address.ts';
import type { FormFields } from './body.ts';
import { displayedIssues, type ProblemPage } from './handler.case.ts';
import { PROBLEMS } from './problem.schema.ts';
import { page, type Reply } from './reply.ts';

interface Localised {
  readonly event: EventDefinition<string>;
  readonly language: string;
}

/** A form that was refused, as it is shown again: with everything that was typed, and what has to be done. */
export interface RefusedForm extends Localised {
  readonly t: SiteTranslate;
  readonly values: FormFields;
  readonly problems: ReturnType<typeof displayedIssues>;
  /** To be solved before it is sent again. */
  readonly challenge: ProofChallenge | undefined;
  /** Fields whose addresses look mistyped, where all that is left is to ask which are meant. */
  readonly inDoubt?: readonly string[];
}

/** What a form says of its addresses. */
interface ChosenAddresses {
  /** What was sent, with each address as its sender chose. */
  readonly fields: FormFields;
  /** The same and the choices, to show the form again. */
  readonly values: FormFields;
  /** Fields whose addresses look mistyped, and of which the sender has not said which is meant. */
  readonly inDoubt: readonly string[];
}

/**
 * Reads which address is meant where one looks mistyped.
 *
 * @param paths fields in which an address is typed
 */
export function chosenAddresses(
  sent: Readonly<Record<string, readonly string[] | undefined>>,
  paths: readonly string[],
): ChosenAddresses {
  const { fields, choices, inDoubt } = {
    fields: new Map(Object.entries(sent)),
    choices: new Map(),
    inDoubt: [] as string[],
  };
  for (const path of paths) {
    const [chosen] = fields.get(meantField(path)) ?? [];
    fields.delete(meantField(path));
    const [first, ...others] = fields.get(path) ?? [];
    if (first === undefined) continue;
    const { email, isInDoubt } = addressTaken(first.trim(), chosen);
    fields.set(path, [email, ...others]);
    if (chosen !== undefined) choices.set(meantField(path), [chosen]);
    if (isInDoubt) inDoubt.push(path);
  }
  return { fields: given(fields), values: given([...fields, ...choices]), inDoubt };
}

/** Without the fields that were not sent. */
const given = (fields: Iterable<readonly [string, readonly string[] | undefined]>): FormFields =>
  Object.fromEntries([...fields].flatMap(([name, values]) => (values ? [[name, [...values]]] : [])));

/** Nothing is wrong with a form but that an address in it looks mistyped: it comes back once to ask. */
class AddressInDoubt extends Error {
  override readonly name = 'AddressInDoubt';
  readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    super();
    this.paths = paths;
  }
}

/**
 * Has a form come back once to ask: for where it could be taken as it is, and before anything is done.
 *
 * @throws what `orFormAgain` shows the form for
 */
export function askWhichAddress(paths: readonly string[] = []): void {
  if (paths.length > 0) throw new AddressInDoubt(paths);
}

/**
 * Answers a form, or shows it again where its sender can mend what is wrong.
 *
 * @param localised reads the event whose form it is
 */
export async function orFormAgain(
  answer: () => Promise<Reply>,
  values: FormFields,
  localised: () => Promise<Localised | undefined>,
  show: (form: RefusedForm) => string | Promise<string>,
): Promise<Reply> {
  try {
    return await answer();
  } catch (error) {
    const asksOnly = error instanceof AddressInDoubt;
    if (!(asksOnly || error instanceof InvalidInputError || error instanceof ProofNeededError)) throw error;
    const found = await localised();
    if (found === undefined) throw new ProblemError('unknown-event');
    const t = siteWords(found.language);
    if (asksOnly) {
      return page(await show({ ...found, t, values, problems: [], challenge: undefined, inDoubt: error.paths }));
    }
    const problems = error instanceof InvalidInputError ? displayedIssues(error, t) : [];
    const challenge = error instanceof ProofNeededError ? error.challenge : undefined;
    return page(await show({ ...found, t, values, problems, challenge }), PROBLEMS[error.type]);
  }
}

/** Shows a problem in the words of the site: for functions that answer people. */
export const problemPage: ProblemPage = (problem, language, path, correlationId) =>
  problemAnswer(problem, language, path, siteWords(language), correlationId);

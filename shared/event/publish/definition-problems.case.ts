import { certificateProblems } from '../../certificates/certificate.ts';
import { readerProblems } from '../../event/answer-readers.ts';
import { feedbackProblems } from '../../feedback/form/problems.ts';
import type { DefinitionProblem } from '../../kernel/text/field-problem.ts';
import { unprovenProblems } from '../../seats/unproven-seat.ts';
import { eventProblems } from '../definition/event-problems.ts';
import type { EventDefinition, LocalText } from '../event.ts';

/**
 * What is wrong with a definition that fits the schema: what the event's own rules find, and those of each capability in its part.
 * A definition without problems can be published.
 */
export const definitionProblems = (definition: EventDefinition<LocalText>): DefinitionProblem[] => [
  ...eventProblems(definition),
  ...readerProblems(definition),
  ...unprovenProblems(definition),
  ...feedbackProblems(definition),
  ...certificateProblems(definition),
];

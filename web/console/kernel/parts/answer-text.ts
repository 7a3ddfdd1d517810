import type { PublicEvent } from '../../desk.ts';
import { countryName } from '../../names.ts';
import { words } from '../../words.ts';

type Question = PublicEvent['questions'][number];

/** An answer as people read it; nothing where there is none. */
export function answerText(
  question: Question,
  answer: string | number | boolean | readonly string[] | undefined,
): string {
  if (answer === undefined) return '';
  if (typeof answer === 'boolean') return answer ? words.yes : words.no;
  const values = (typeof answer === 'object' ? answer : [answer]).map(String);
  if (question.type === 'country') return values.map(countryName).join(', ');
  const options = 'options' in question ? (question.options ?? []) : [];
  return values.map((value) => options.find(({ id }) => id === value)?.title ?? value).join(', ');
}

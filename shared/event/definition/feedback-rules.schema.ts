import * as z from 'zod';

/** The part of an event's definition that says what is asked afterwards. */
export function feedbackRules<T extends z.ZodType>(
  text: T,
  { id, questionId }: { readonly id: z.ZodString; readonly questionId: z.ZodString },
) {
  const question = z.strictObject({
    id: questionId,
    title: text,
    type: z.enum(['rating', 'choice', 'multi-choice', 'text']),
    hint: text.optional(),
    required: z.boolean(),
    options: z
      .array(z.strictObject({ id, title: text }))
      .min(2)
      .max(12)
      .optional(),
    max: z.int().min(20).max(1000).optional(),
  });
  // What is counted of one form is one item, and a form takes a minute.
  const questions = z.array(question).max(8).default([]);
  return z.strictObject({
    session: questions,
    event: questions,
    unasked: z.array(id).default([]),
    openDays: z.int().min(1).max(90).default(14),
  });
}

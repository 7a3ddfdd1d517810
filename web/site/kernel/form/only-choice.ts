import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { Choice } from './choices.ts';

/** A question with only one answer is not asked: the form says it, and sends it along. */
export function onlyChoice(path: string, offered: readonly Choice[]): Html | undefined {
  const [only, another] = offered;
  if (only === undefined || another !== undefined) return undefined;
  return html`<input type="hidden" name="${path}" value="${only.value}"><p><b>${only.label}</b> ${only.hint}</p>
`;
}

import { type Html, html } from '../../../../shared/kernel/html.ts';
import type { ManageContext } from './context.ts';
import { press } from './press.ts';

/** To whoever a coordinator registered by their own address: what that one sees, and may do. */
export function coordinator({ registration, language, t }: ManageContext, path: string): Html | undefined {
  if (registration.coordinator === undefined) return undefined;
  const isSeen = registration.coordinator === 'sees';
  return html`<details class="screen">
<summary>${t('coordinator.title')}</summary>
<p>${t(isSeen ? 'coordinator.seen' : 'coordinator.unseen')}</p>
${press(path, language, isSeen ? 'hide-coordinator' : 'show-coordinator', t(isSeen ? 'coordinator.hide' : 'coordinator.show'))}</details>
`;
}

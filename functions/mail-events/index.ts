import { mailEvent } from '../../shared/contract/mail-event.ts';
import { type Deps, realDeps } from './deps.ts';
import { noteMailEvent } from './note-mail-event.ts';

let deps: Deps | undefined;

/**
 * Notes what SES tells of one mail, by way of EventBridge. What fails is tried again twice, and then kept with what else
 * was given up.
 *
 * @throws ZodError for an event of another shape
 */
export async function handler({ detail }: { readonly detail: unknown }): Promise<void> {
  deps ??= realDeps();
  await noteMailEvent(deps, mailEvent.parse(detail));
}

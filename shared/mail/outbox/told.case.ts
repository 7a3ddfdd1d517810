import type { EventDefinition } from '../../event/event.ts';
import type { Message } from '../../message.ts';
import type { Failure } from './message.ts';

/** What a mail says, and of which event; or why there is nothing to say any more, as a code. */
export type Told =
  | {
      readonly message: Message;
      readonly event: EventDefinition<string>;
      /** Who is answered in place of the event's secretariat. */
      readonly replyTo?: EventDefinition<string>['secretariat'];
      /** Where its reader stops mail like it, where they can do without. */
      readonly unsubscribe?: string | undefined;
    }
  | { readonly obstacle: Failure };

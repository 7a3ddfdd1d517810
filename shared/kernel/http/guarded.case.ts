import type { Route } from '../route.ts';
import type { Sender } from './caller.case.ts';
import type { Guarded } from './handler.case.ts';
import type { Reply } from './reply.ts';
import type { HttpRequest } from './request.case.ts';

/**
 * A handler behind a token: nothing of what was sent is decoded for a caller who holds none.
 *
 * @param open finds what the sender's token opens
 */
export const guarded = <Row extends Route, Held>(
  open: (sender: Sender) => Promise<Held>,
  handle: (request: HttpRequest<Row>, held: Held) => Promise<Reply>,
): Guarded<Row> => ({
  admit: async (sender) => {
    const held = await open(sender);
    return (request) => handle(request, held);
  },
});

/** The token of a link: `/m/{token}`. */
export const linkToken = ({ params }: Sender): string => params['token'] ?? '';

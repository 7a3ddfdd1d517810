import { unsubscribePage } from '../../../web/site/registration/ended-pages.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { page, type Reply } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import type { FROM_MAIL_ROUTES } from './from-mail.routes.ts';
import { type MailOfSomeone, mailOfLink } from './mail-of-link.case.ts';

type Deps = Needs<'changes' | 'coordinatorMail' | 'delegations' | 'events' | 'registrations' | 'secrets' | 'system'>;

/** A page with a button; opening it changes nothing: mail scanners follow links. */
export const showUnsubscribe =
  (deps: Deps): Handle<typeof FROM_MAIL_ROUTES.showUnsubscribe> =>
  async ({ params: { token }, language, path }) =>
    shown(await mailOfLink(deps, token, language), path);

/**
 * Stops mail that someone can do without, or takes that back. A mailbox that was told to stop it posts without anyone looking at the
 * answer (RFC 8058): it is done at once, with no redirect and no further question.
 */
export const postUnsubscribe = (deps: Deps): Guarded<typeof FROM_MAIL_ROUTES.postUnsubscribe> =>
  guarded(
    (sender) => mailOfLink(deps, linkToken(sender), sender.language),
    async ({ body, path }, mail) => {
      const isStopped = !('action' in body) || body.action[0] === 'stop';
      await mail.set(isStopped);
      return shown({ ...mail, isStopped }, path);
    },
  );

const shown = ({ event, language, isStopped }: MailOfSomeone, path: string): Reply =>
  page(unsubscribePage({ event, language, t: siteWords(language), path, isStopped }));

import { amendPath, inLanguage } from '../../../web/site/kernel/links.ts';
import { onlineInsteadPage } from '../../../web/site/registration/manage/join-links.ts';
import { mayGoOnline } from '../../event/event-standing.ts';
import { eventEnd } from '../../event/event-times.ts';
import { InvalidInputError, ProblemError } from '../../kernel/errors.ts';
import { guarded, linkToken } from '../../kernel/http/guarded.case.ts';
import type { Guarded, Handle } from '../../kernel/http/handler.case.ts';
import { PROBLEMS } from '../../kernel/http/problem.schema.ts';
import { page, seeOther } from '../../kernel/http/reply.ts';
import { siteWords } from '../../kernel/i18n/site.store.ts';
import type { Needs } from '../../kernel/parts.store.ts';
import { holderOf } from '../holder-of.case.ts';
import type { FROM_MAIL_ROUTES } from '../link/from-mail.routes.ts';
import { ownPage } from '../link/own-page.case.ts';
import { amend } from './amend.case.ts';
import { merged } from './amend-registration.case.ts';

type Deps = Needs<'changes' | 'client' | 'registrations' | 'secrets' | 'signer' | 'system' | 'tables'>;

/** Where a reminder leads whoever would rather take part online: what changes, and a button. For others, to their page. */
export const showOnline =
  (deps: Deps): Handle<typeof FROM_MAIL_ROUTES.showOnline> =>
  async ({ params: { token }, language: wanted, path }) => {
    const { registration, event, language } = await holderOf(deps, token, wanted);
    const managePath = `/m/${token}`;
    const isOffered = mayGoOnline(event, registration) && deps.system.now() < eventEnd(event);
    if (!isOffered) return seeOther(inLanguage(managePath, language));
    return page(onlineInsteadPage({ registration, event, language, t: siteWords(language), path, managePath }));
  };

/**
 * Changes how someone takes part and nothing else, by the rules of any change. Where all seats online are taken it says so on their
 * page; where the event asks something more of them, the form that asks it has it all.
 */
export const postOnline = (deps: Deps): Guarded<typeof FROM_MAIL_ROUTES.postOnline> =>
  guarded(
    (sender) => holderOf(deps, linkToken(sender), sender.language),
    async ({ params: { token } }, held) => {
      const managePath = `/m/${token}`;
      try {
        await amend(deps, held, (before, event) => {
          if (before.mode !== 'online' && !mayGoOnline(event, before)) throw new ProblemError('no-online-seat');
          return merged(before, event, { mode: 'online' });
        });
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        if (error instanceof InvalidInputError && !error.issues.every(({ code }) => code === 'no-seat')) {
          return seeOther(inLanguage(amendPath(managePath), held.language));
        }
        const refused = error instanceof InvalidInputError ? 'no-online-seat' : error.type;
        if (refused !== 'no-online-seat' && refused !== 'not-amendable') throw error;
        return page(await ownPage(deps, held, token, { path: managePath, refused }), PROBLEMS[refused]);
      }
      return seeOther(`${managePath}?lang=${held.language}&done=online`);
    },
  );

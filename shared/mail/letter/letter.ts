import type { TakenBy } from '../../kernel/i18n/languages.ts';
import type { MailKey, MailParameters, MailTranslate } from '../../kernel/i18n/words.ts';
import type { MailKind } from '../kinds.ts';
import type { Failure, OutboxMessage } from '../outbox/message.schema.ts';
import type { Content } from './content.ts';

/** Who may be asked. */
interface Contact {
  readonly name: string;
  readonly email: string;
}

/** What every mail is written from. */
interface AnyData {
  /** In the language of the message. */
  readonly event: {
    readonly id: string;
    readonly title: string;
    readonly shortTitle?: string | undefined;
    readonly rehearsal?: true | undefined;
    readonly secretariat: Contact;
    readonly safeguarding?: (Contact & { readonly phone?: string | undefined }) | undefined;
  };
  readonly links: {
    /** What is kept of people, why, and for how long. */
    readonly privacy: string;
    /** Of mail that its reader can do without: where they stop it, a secret. */
    readonly unsubscribe?: string | undefined;
  };
  /** Where a mailbox stops mail like this in one click, by POST. */
  readonly oneClick?: string | undefined;
  /** Who is answered in place of the event's secretariat. */
  readonly replyTo?: Contact | undefined;
  /** Whose registration it is, where mail about them goes to the coordinator of their delegation: a proven address. */
  readonly about?: string | undefined;
  /** The same, of several. */
  readonly concerned?: readonly string[] | undefined;
}

export type LetterData = AnyData &
  (
    | { readonly language: string }
    | { readonly registration: { readonly language: string; readonly ageBand?: 'minor' | undefined } }
  );

/** UTF-8: a longer subject is cut by mail readers, and encoded it fills so many lines of a header that filters think ill of it. */
export const SUBJECT_BYTES = 150;

/** What a subject calls an event. */
export const calledInSubject = ({
  title,
  shortTitle = title,
}: Pick<AnyData['event'], 'title' | 'shortTitle'>): string => shortTitle;

/** A subject, or a shorter one where it is too long; nothing that was typed is cut. */
export const fittingSubject = (subject: string, shorter: string): string =>
  Buffer.byteLength(subject) < SUBJECT_BYTES ? subject : shorter;

/** Why there is nothing to tell any more. */
export interface Obstacle {
  readonly obstacle: Failure;
}

/** What to write, and in the words of which kind, where that is another one. */
export interface PreparedLetter {
  readonly data: LetterData;
  readonly says: (t: MailTranslate) => Content;
  readonly instead?: MailKind | undefined;
  /** Where its reader is reached, if not where the message was to go when it was written. */
  readonly to?: string | undefined;
}

/** How one kind of mail is written, step by step. */
interface Steps<Deps, Found extends object, Data extends LetterData, Said extends Content> {
  /** Reads what it is about, as that stands now. */
  readonly load: (deps: Deps, message: OutboxMessage) => Promise<Found | Obstacle>;
  /** Whether it is still to be told. */
  readonly current: (
    found: Found,
    message: OutboxMessage,
    deps: Deps,
  ) => boolean | Failure | Promise<boolean | Failure>;
  /** What it is written from, as far as there is something to write. */
  readonly data: (
    deps: Deps,
    found: Found,
    message: OutboxMessage,
  ) => Data | Obstacle | Instead | Promise<Data | Obstacle | Instead>;
  /** Where its reader is reached by now. */
  readonly to?: (found: Found) => string | undefined;
  /** What it says; the same data always say the same. */
  readonly write: (data: Data, t: MailTranslate) => Said;
}

/** What another kind of mail tells in its place. */
export interface Instead extends PreparedLetter {
  readonly instead: MailKind;
}

/** One kind of mail, as the outbox sees it: what it needs, and not what is read in between. */
export interface Letter<in Deps = never, in Data = never, out Said extends Content = Content> {
  readonly tell: (deps: Deps, message: OutboxMessage) => Promise<PreparedLetter | Obstacle>;
  readonly write: (data: Data, t: MailTranslate) => Said;
}

export const makeLetter = <Deps, Found extends object, Data extends LetterData, Said extends Content>({
  load,
  current,
  data,
  to,
  write,
}: Steps<Deps, Found, Data, Said>): Letter<Deps, Data, Said> => ({
  async tell(deps, message) {
    const found = await load(deps, message);
    if ('obstacle' in found) return found;
    const standing = await current(found, message, deps);
    if (standing !== true) return { obstacle: standing || 'superseded' };
    const told = await data(deps, found, message);
    if ('obstacle' in told || 'instead' in told) return told;
    return { data: told, says: (t) => write(told, t), to: to?.(found) };
  },
  write,
});

/** What has no words of its own for subject or title, or words that take more than the event, gives them with what it says. */
type Titled<K extends MailKind> = Content &
  Own<'subject', `${K}.subject`, { event: string }> &
  Own<'title', `${K}.title`, unknown>;
type Own<Name extends 'subject' | 'title', Key extends string, Known> = Key extends MailKey
  ? [Known] extends [...TakenBy<MailParameters, Key>, ...unknown[]]
    ? unknown
    : Required<Pick<Content, Name>>
  : Required<Pick<Content, Name>>;

/** All of them, for a caller that has what they need. */
export type Letters<Deps = never> = { readonly [K in MailKind]: Letter<Deps, never, Titled<K>> };

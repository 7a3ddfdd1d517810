import { useEffect, useRef, useState } from 'preact/hooks';
import type { OrganiserRegistration } from '../../../../shared/registration/list/registrations.schema.ts';
import { COMMAND_LINE } from '../../../../shared/team/audit/audit.ts';
import { type PublicEvent, useAct, useDesk, useRead } from '../../desk.ts';
import { answerIn } from '../../kernel/parts/answer-text.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { FailureNote } from '../../kernel/parts/page.tsx';
import { modeText } from '../../kernel/parts/registration-table.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { categoryName, countryText, languageText, titleIn, when } from '../../names.ts';
import { type AuditLine, deedText, detailsOf, type EntriesPage } from '../../team/audit-entry.ts';
import { t, wordFor } from '../../words.ts';
import { type PageOfOne, readEntries } from './ahead.ts';

type Change = NonNullable<PageOfOne['history']>['changes'][number];
type Value = Change['was'][string];

/** What is called otherwise than by `fact.` and its name. */
const LABELS: Readonly<Record<string, () => string>> = {
  status: () => t('row.status'),
  decisionNote: () => t('fact.note'),
};

/** What an attribute, an answer or a consent is called. */
function labelOf(event: PublicEvent, name: string): string {
  const [group, id] = partsOf(name);
  if (group === 'answers') return titleIn(event.questions, id);
  if (group === 'consents') return t('audit.timeline.consent', { title: titleIn(event.consents, id) });
  return LABELS[name]?.() ?? wordFor('fact', name) ?? name;
}

/** `answers.size` as its two parts; of any other name the name alone. */
function partsOf(name: string): readonly [group: string, id: string] {
  const at = name.indexOf('.');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}

const TEXTS: Readonly<Record<string, (event: PublicEvent, value: string) => string>> = {
  status: (_, value) => wordFor('status', value) ?? value,
  mode: (_, value) => modeText({ mode: value === 'online' ? 'online' : 'in-person' }),
  role: (_, value) => wordFor('role', value) ?? value,
  country: countryText,
  category: categoryName,
  language: (_, value) => languageText(value),
  days: (event, value) => titleIn(event.days, value),
  sessions: (event, value) => titleIn(event.sessions, value),
};

/** A value as people read it. */
function textOf(event: PublicEvent, name: string, value: Value | undefined): string {
  const [group, id] = partsOf(name);
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return group === 'consents' ? t('common.no') : t('audit.timeline.nothing');
  }
  if (group === 'consents') return t('common.yes');
  const question = group === 'answers' ? event.questions.find((each) => each.id === id) : undefined;
  if (question !== undefined) return answerIn(event, question, value);
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  return [value]
    .flat()
    .map((each) => TEXTS[name]?.(event, String(each)) ?? String(each))
    .join(', ');
}

/** Why they were moved up: told of the change that did it, and not of those that end it. */
const MOVED_UP = 'movedUp';

/** What it says today; nothing of what is not there. */
function nowOf(one: OrganiserRegistration, name: string): Value | undefined {
  const [group, id] = partsOf(name);
  if (group === 'answers') return one.answers[id];
  if (group === 'consents') return one.consents[id];
  if (name === MOVED_UP) return one.movedUp?.reason;
  return (one as unknown as Readonly<Record<string, Value | undefined>>)[name];
}

/** Milliseconds between what a member did, as the audit has it, and the change that it made: they are written at once. */
const AT_ONCE = 2000;

/** What makes a registration: the first line is about it. */
const BEGINS: readonly string[] = ['add', 'walk-in', 'register-on-behalf'];

/** Whether an entry tells only that a member looked at the person, or took them along in a file. */
export const isLook = ({ action, kind }: Pick<AuditLine, 'action' | 'kind'>): boolean =>
  kind === 'saw' || kind === 'exported' || /^(?:read|list|load)-/.test(action);

/** A change, that the person registered or answered what they were asked, or what a member did; and both where that made it. */
interface Line<Made, Done> {
  readonly at: string;
  readonly change?: Made;
  readonly registers?: true;
  readonly answers?: true;
  readonly entry?: Done;
}

/**
 * History and audit as one list, newest first. Of what a member did within two seconds of a change of theirs, the nearest is what made it.
 *
 * @param changes newest first
 * @param submittedAt ISO 8601, as all instants: when the person registered, the last line
 * @param answeredAt when they answered what an approver asked
 * @param next where older entries begin. What may be about one of them, or is older, is not told yet: it would stand at the wrong place
 */
export function linesOf<
  Made extends Pick<Change, 'at' | 'memberId'>,
  Done extends Pick<AuditLine, 'at' | 'by' | 'action' | 'kind'>,
>(
  changes: readonly Made[],
  entries: readonly Done[],
  { submittedAt, answeredAt }: { readonly submittedAt: string; readonly answeredAt: readonly string[] },
  next?: string,
): readonly Line<Made, Done>[] {
  const made: readonly Line<Made, Done>[] = [
    ...changes.map((change) => ({ at: change.at, change })),
    { at: submittedAt, registers: true },
  ];
  const near = made.flatMap(({ at, change }, line) =>
    entries.flatMap((entry, nth) => {
      const apart = Math.abs(Date.parse(at) - Date.parse(entry.at));
      const isOf =
        change === undefined ? BEGINS.includes(entry.action) : change.memberId === entry.by && !isLook(entry);
      return isOf && apart <= AT_ONCE ? [{ line, nth, apart }] : [];
    }),
  );
  const entryOf = new Map<number, number>();
  const used = new Set<number>();
  for (const { line, nth } of near.sort((one, other) => one.apart - other.apart)) {
    if (entryOf.has(line) || used.has(nth)) continue;
    entryOf.set(line, nth);
    used.add(nth);
  }
  const [readTo] = next?.split('#') ?? [];
  const known = readTo === undefined ? Number.NEGATIVE_INFINITY : Date.parse(readTo) + AT_ONCE;
  const told = made.flatMap((line, place) => {
    const entry = entries[entryOf.get(place) ?? -1];
    if (entry !== undefined) return [{ ...line, entry }];
    return Date.parse(line.at) > known ? [line] : [];
  });
  const rest = entries.flatMap((entry, nth) => (used.has(nth) ? [] : [{ at: entry.at, entry }]));
  const [later, begun] = [told.filter(({ change }) => change), told.filter(({ registers }) => registers)];
  const answers = answeredAt.filter((at) => Date.parse(at) > known).map((at) => ({ at, answers: true as const }));
  return [...later, ...answers, ...rest, ...begun].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

interface OfOne {
  readonly one: OrganiserRegistration;
}

export interface TimelineProps extends OfOne {
  /** What it said before each change, the newest first. */
  readonly changes: readonly Change[];
  /** What was done about them, as it was asked for with the page. */
  readonly entries: EntriesPage | Promise<EntriesPage>;
  /** Whether that was some time ago. */
  readonly isOld: boolean;
  /** How often a note was written or taken away meanwhile: the audit tells of it, and the registration is the same. */
  readonly noted: number;
}

/** Who did and changed what of an adult's registration, and from what, the newest first. Nothing tells of mail or pages that were opened. */
export function Timeline({ one, changes, entries, isOld, noted }: TimelineProps) {
  const desk = useDesk();
  const { reference, revision } = one;
  const begun = useRef<TimelineProps['entries'] | undefined>(isOld ? undefined : entries);
  const read = useRead(
    reference,
    async () => {
      const first = begun.current ?? readEntries(desk, reference);
      begun.current = undefined;
      return first;
    },
    entries instanceof Promise ? undefined : entries,
  );
  const isFirst = useRef(!isOld);
  useEffect(() => {
    begun.current = undefined;
    // What is shown stays until what was done since is there.
    if (!isFirst.current) void read.reload();
    isFirst.current = false;
  }, [revision, noted]);
  return (
    <section class="screen" aria-labelledby="timeline">
      <h2 id="timeline">{t('audit.timeline.title')}</h2>
      <p>{t('audit.timeline.explain')}</p>
      <Show of={read}>{(first) => <Lines key={first.entries[0]?.at} one={one} changes={changes} first={first} />}</Show>
    </section>
  );
}

interface LinesProps extends OfOne {
  readonly changes: readonly Change[];
  readonly first: EntriesPage;
}

function Lines({ one, changes, first }: LinesProps) {
  const desk = useDesk();
  const { tell } = desk;
  const older = useAct();
  const [pages, setPages] = useState<readonly EntriesPage[]>([first]);
  const [showsLooks, setShowsLooks] = useState(false);
  const next = pages.at(-1)?.next;
  const more = async (): Promise<void> => {
    const page = await readEntries(desk, one.reference, next);
    setPages([...pages, page]);
    tell(t('audit.olderShown'));
  };
  const entries = pages.flatMap((page) => page.entries);
  const { submittedAt, asked = [] } = one;
  const answeredAt = asked.flatMap((each) => each.answeredAt ?? []);
  const lines = linesOf(changes, entries, { submittedAt, answeredAt }, next);
  const looks = entries.some(isLook);
  const turn = (): void => {
    setShowsLooks(!showsLooks);
    tell(t(showsLooks ? 'audit.looksHidden' : 'audit.looksShown'));
  };
  return (
    <>
      <ol class="list moments" aria-labelledby="timeline">
        {lines
          .filter(({ entry }) => showsLooks || entry === undefined || !isLook(entry))
          .map((line, nth) => (
            <OneLine key={`${line.at} ${nth}`} {...{ one, changes, entries, line }} />
          ))}
      </ol>
      <FailureNote error={older.error} />
      {(next !== undefined || looks) && (
        <div class="buttons">
          {next !== undefined && (
            <Button busy={older.busy} onPress={() => older.run(more)}>
              {t('audit.older')}
            </Button>
          )}
          {looks && (
            <Button kind="second" onPress={turn}>
              {t(showsLooks ? 'audit.looksHide' : 'audit.looks')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** What members are called: as the team does now, or else as it did then. */
function nameOf(id: string, { changes, entries }: Pick<OneLineProps, 'changes' | 'entries'>): string {
  if (id === COMMAND_LINE) return t('audit.commandLine');
  const now = changes.find(({ memberId, member }) => memberId === id && member !== undefined)?.member;
  return now ?? entries.find(({ by, byLabel }) => by === id && byLabel !== undefined)?.byLabel ?? t('common.gone');
}

function whoOf({ by, memberId = '' }: Change, all: Pick<OneLineProps, 'changes' | 'entries'>): string {
  return by === 'member' ? nameOf(memberId, all) : t(`audit.timeline.by.${by}`);
}

interface OneLineProps extends Pick<LinesProps, 'one' | 'changes'> {
  readonly entries: readonly AuditLine[];
  readonly line: Line<Change, AuditLine>;
}

/** When, and who changed it or what a member did; below it what it was before, and became. */
function OneLine({ line: { at, change, registers, answers, entry }, one, ...all }: OneLineProps) {
  const { event } = useDesk();
  const details = entry === undefined ? [] : detailsOf(entry);
  const who = answers ? t('audit.timeline.by.holder') : change && whoOf(change, all);
  return (
    <li>
      <div>
        <b>{when(event, at)}</b>
        {who && entry === undefined && (
          <small>
            <bdi>{who}</bdi>
          </small>
        )}
      </div>
      <div>
        {entry && (
          <p>
            <bdi>{deedText(entry, nameOf(entry.by, all))}</bdi>
            {details.length > 0 && <small>{details.join(' · ')}</small>}
          </p>
        )}
        {change && <Former {...{ one, change }} since={all.changes.slice(0, all.changes.indexOf(change))} />}
        {answers && <p>{t('audit.timeline.answered')}</p>}
        {registers && <p>{t('row.submittedAt')}</p>}
      </div>
    </li>
  );
}

interface FormerProps extends OfOne {
  readonly change: Change;
  /** Changes after it, the newest first. */
  readonly since: readonly Change[];
}

function Former({ one, change, since }: FormerProps) {
  const { event } = useDesk();
  const reason = Object.hasOwn(change.was, MOVED_UP) ? after(one, since, MOVED_UP) : undefined;
  return (
    <>
      {change.anew && <p>{t('audit.timeline.anew')}</p>}
      {typeof reason === 'string' && (
        <p>
          <bdi>{t('audit.timeline.movedUp', { reason })}</bdi>
        </p>
      )}
      {Object.entries(change.was)
        .filter(([name]) => name !== MOVED_UP)
        .map(([name, was]) => (
          <p key={name}>
            <bdi>
              {t('audit.timeline.change', {
                what: labelOf(event, name),
                before: textOf(event, name, was),
                after: textOf(event, name, after(one, since, name)),
              })}
            </bdi>
          </p>
        ))}
      {change.renewed?.map((each) => (
        <p key={each}>{t(`audit.timeline.renewed.${each}`)}</p>
      ))}
    </>
  );
}

/** What a change made of it: what the next one after it found, or what it is today. @param since changes after it, the newest first */
function after(one: OrganiserRegistration, since: readonly Change[], name: string): Value | undefined {
  const next = since.toReversed().find(({ was }) => Object.hasOwn(was, name));
  return next === undefined ? nowOf(one, name) : next.was[name];
}

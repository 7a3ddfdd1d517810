import { useMemo, useState } from 'preact/hooks';
import { AUDIT_KINDS, COMMAND_LINE } from '../../../shared/team/audit/audit.ts';
import { registrationAddress } from '../addresses.ts';
import { listNames, useReader } from '../checkin/overview.ts';
import { useAct, useDesk, useEventRead, usePeople, useRead } from '../desk.ts';
import { isProblem, type QueryOf } from '../kernel/api.ts';
import { SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { oneTable, useSaveRows } from '../kernel/form/save-table.tsx';
import { DigitsInput, filled, requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { Reference } from '../kernel/parts/facts.tsx';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { textIn, when } from '../names.ts';
import { PeopleLoading } from '../registration/people-states.tsx';
import { t, wordFor } from '../words.ts';
import { type AuditLine, deedText, detailsOf, type EntriesPage } from './audit-entry.ts';

const ROUTE = 'GET /api/organiser/events/{eventId}/audit';
type Wanted = Omit<NonNullable<QueryOf<typeof ROUTE>>, 'lang' | 'before'>;

/** Who did, saw, saved and sent what, for owners. */
export function AuditScreen() {
  const roles = useEventRead('GET /api/organiser/events/{eventId}/roles');
  return (
    <>
      <Heading>{t('audit.title')}</Heading>
      <p>{t('audit.explain')}</p>
      <Show of={roles}>{({ members }) => <Entries team={members} />}</Show>
    </>
  );
}

interface Named {
  readonly id: string;
  readonly label?: string | undefined;
}

/** What tags, views, phones, check-in lists, sessions and messages are called now, by their ids. */
function useSubjects(): () => Promise<ReadonlyMap<string, string>> {
  const { api, event } = useDesk();
  const readCheckIn = useReader();
  const params = { eventId: event.id };
  return async () => {
    const [checkIn, ...others] = await Promise.all([
      readCheckIn(),
      api('GET /api/organiser/events/{eventId}/check-in/devices', { params }).then(({ devices }) => devices),
      api('GET /api/organiser/events/{eventId}/tags', { params }).then(({ tags }) => tags),
      api('GET /api/organiser/events/{eventId}/views', { params }).then(({ views }) => views),
    ]);
    const { messages } = await api('GET /api/organiser/events/{eventId}/messages', { params });
    const { programme } = checkIn;
    return new Map([
      ...listNames(checkIn),
      ...programme.sessions.map(({ id, title }) => [id, textIn(programme, title)] as const),
      ...others.flat().map(({ id, name }) => [id, name] as const),
      ...messages.map(({ id, subject = id }) => [id, subject] as const),
    ]);
  };
}

/** The entries that are wanted, page below page, the newest on top. */
function Entries({ team }: { readonly team: readonly Named[] }) {
  const { api, event } = useDesk();
  const subjects = useSubjects();
  const first = useRead(event.id, () => Promise.all([api(ROUTE, { params: { eventId: event.id } }), subjects()]));
  const people = usePeople();
  // A name that came later would move what is read.
  if (people.state === 'loading') return <PeopleLoading isOld={people.isOld} />;
  return <Show of={first}>{([page, named]) => <Found team={team} first={page} subjects={named} />}</Show>;
}

interface FoundProps {
  readonly team: readonly Named[];
  readonly first: EntriesPage;
  readonly subjects: ReadonlyMap<string, string>;
}

function Found({ team, first, subjects }: FoundProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const older = useAct();
  const [{ wanted, pages }, setFound] = useState<{ wanted: Wanted; pages: readonly EntriesPage[] }>({
    wanted: {},
    pages: [first],
  });
  const nameOf = useMemo(() => namesIn(team, pages), [team, pages]);
  const { all } = usePeople();
  const named = useMemo(
    () => new Map([...subjects, ...all.map(({ reference, fullName }) => [reference, fullName] as const)]),
    [subjects, all],
  );
  const labels = {
    ...{ who: t('audit.who'), kind: t('audit.kind'), from: t('audit.from'), to: t('audit.to') },
    reference: t('audit.reference'),
  };
  const { typed, field, optional } = useTyped({ who: '', kind: '', from: '', to: '', reference: '' }, labels, error);
  const ask = (query: Wanted & { readonly before?: string | undefined }): Promise<EntriesPage> =>
    api(ROUTE, { params: { eventId: event.id }, query });
  const find = async (): Promise<void> => {
    requireTyped({}, { day: { from: typed.from, to: typed.to } });
    const query = filled(typed) as Wanted;
    const page = await ask(query);
    setFound({ wanted: query, pages: [page] });
    tell(t('audit.shown'));
  };
  const next = pages.at(-1)?.next;
  const more = async (): Promise<void> => {
    const page = await ask({ ...wanted, before: next });
    setFound({ wanted, pages: [...pages, page] });
    tell(t('audit.olderShown'));
  };
  const entries = pages.flatMap((page) => page.entries);
  return (
    <>
      <Disclosure label={t('audit.find')}>
        {() => (
          <FieldsForm send={t('audit.show')} {...{ busy, error, labels }} onSend={() => run(find)}>
            <SelectField {...field('who')} choices={[['', t('audit.anyone')], ...nameOf]} />
            <SelectField
              {...field('kind')}
              choices={[
                ['', t('audit.anything')],
                ...AUDIT_KINDS.map((kind) => [kind, t(`audit.kind.${kind}`)] as const),
              ]}
            />
            <DigitsInput {...optional('from')} as="day" />
            <DigitsInput {...optional('to')} as="day" />
            <TextInput {...optional('reference')} />
          </FieldsForm>
        )}
      </Disclosure>
      {entries.length === 0 ? (
        <p class="empty">{t(next === undefined ? 'audit.none' : 'audit.noneYet')}</p>
      ) : (
        <ul class="list">
          {entries.map((entry, at) => (
            <Entry key={at} {...{ entry, named }} who={nameOf.get(entry.by) ?? t('audit.formerMember')} />
          ))}
        </ul>
      )}
      <FailureNote error={older.error} />
      <div class="buttons">
        {next !== undefined && (
          <Button busy={older.busy} onPress={() => older.run(more)}>
            {t('audit.older')}
          </Button>
        )}
        <SaveEntries wanted={wanted} />
      </div>
    </>
  );
}

/** What the team calls members now, and those who are of it no more as it did then. */
function namesIn(team: readonly Named[], pages: readonly EntriesPage[]): ReadonlyMap<string, string> {
  const noted = pages.flatMap(({ entries }) =>
    entries.map(({ by, byLabel }): [string, string] => [by, byLabel ?? t('audit.formerMember')]),
  );
  const known = team.map(({ id, label }): [string, string] => [id, label ?? t('common.unnamed')]);
  return new Map([...noted.reverse(), ...known, [COMMAND_LINE, t('audit.commandLine')]]);
}

/** The same as a file, in which no minor is named. */
function SaveEntries({ wanted }: { readonly wanted: Wanted }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const saveRows = useSaveRows();
  const save = async (): Promise<void> => {
    const file = await api(`${ROUTE}/entries.csv`, { params: { eventId: event.id }, query: wanted });
    await saveRows(['audit'], await oneTable([file]));
    tell(t('audit.saved'));
  };
  return (
    <div>
      <Button kind="second" busy={busy} onPress={() => run(save)}>
        {t('audit.save')}
      </Button>
      <FailureNote error={error}>{isProblem(error, 'export-too-large') && t('audit.tooMany')}</FailureNote>
    </div>
  );
}

interface EntryProps {
  readonly entry: AuditLine;
  readonly who: string;
  /** Names of adults by reference, which this tab knows and the server does not send, and of what else entries are about by its id. */
  readonly named: ReadonlyMap<string, string>;
}

function Entry({ entry, who, named }: EntryProps) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        {deedText(entry, who)}
        <small>{[when(event, entry.at), ...detailsOf(entry)].join(' · ')}</small>
      </div>
      <About {...{ entry, named }} />
    </li>
  );
}

/** Hashes and what is random in 128 bits are longer, and tell nobody anything. */
const LONGEST_ID = 20;

/** What a part of a definition is called. */
const definitionPart = (name: string): string =>
  wordFor('definition.part', name) ?? wordFor('definition.field', name) ?? name;

/** Whom or what it is about, with a link to their registration where the member may see it. */
function About({ entry, named }: Omit<EntryProps, 'who'>) {
  const { event } = useDesk();
  const { kind, person, reference, about = '' } = entry;
  if (reference !== undefined) {
    return (
      <div>
        {named.get(reference)}{' '}
        <a href={registrationAddress(event.id, reference)}>
          <Reference of={reference} />
        </a>
      </div>
    );
  }
  // What was done to look after young people says so.
  if (person === 'minor') return kind === 'safeguarding' ? null : <div>{t('audit.underAge')}</div>;
  if (entry.action === 'change-definition') return <div>{about.split(', ').map(definitionPart).join(', ')}</div>;
  const name = named.get(about) ?? (about.length > LONGEST_ID ? '' : about);
  return name === '' ? null : <div>{name}</div>;
}

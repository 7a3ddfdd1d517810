import { localWithOffset } from '../../../shared/kernel/text/zoned-time.ts';
import { type PublicEvent, useAct, useDesk, useHas } from '../desk.ts';
import { useSaveRows } from '../kernel/form/save-table.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { t, wordFor } from '../words.ts';
import type { PeopleField } from './filter.ts';
import type { KnownPerson } from './people.ts';

/** People whose addresses are asked for at a time: 2 KB each at most, of an answer's 6 MB. */
const AT_ONCE = 500;

interface ExportPeopleProps {
  readonly people: readonly KnownPerson[];
  /** All that there are, and those that are shown. */
  readonly fields: readonly PeopleField[];
  readonly shown: readonly PeopleField[];
}

/** A table of people, made here of what was loaded once that is noted; or with what the server alone knows, which it notes apart. */
export function ExportPeople({ people, fields: known, shown }: ExportPeopleProps) {
  // A column of what was not asked for would say that nobody came.
  const fields = known.filter(({ isLoaded }) => isLoaded !== false);
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const saveRows = useSaveRows();
  const mayExport = useHas('export');
  if (!mayExport) return null;
  const params = { eventId: event.id };
  const save = async (columns: readonly PeopleField[], beside?: Beside): Promise<void> => {
    const reference = fields.filter(({ id }) => id === 'reference');
    const all = [...reference, ...columns.filter(({ id }) => id !== 'reference')];
    const rows = people.map((person) => [
      ...all.map((field) => cellOf(field, person, event)),
      ...(beside?.cells.get(person.reference) ?? beside?.columns.map(() => '') ?? []),
    ]);
    const beyond = beside?.columns.map((name) => wordFor('fact', name) ?? name) ?? [];
    await saveRows([beside ? 'addresses' : 'people'], [[...all.map(({ title }) => title), ...beyond], ...rows]);
    tell(t('registrations.exported'));
  };
  const saveNoted = (columns: readonly PeopleField[]) => async (): Promise<void> => {
    const body = { people: people.length, columns: columns.map(({ id }) => id.slice(0, LONGEST_NAME)) };
    await api('POST /api/organiser/events/{eventId}/people/export', { params, body });
    await save(columns);
  };
  const saveWithAddresses = async (): Promise<void> => {
    const cells = new Map<string, readonly string[]>();
    let columns: readonly string[] = [];
    for (let from = 0; from < people.length; from += AT_ONCE) {
      const references = people.slice(from, from + AT_ONCE).map(({ reference }) => reference);
      const given = await api('POST /api/organiser/events/{eventId}/people/addresses', {
        params,
        body: { references },
      });
      columns = given.columns;
      for (const each of given.people) cells.set(each.reference, each.cells);
    }
    const body = { people: people.length, columns: fields.map(({ id }) => id.slice(0, LONGEST_NAME)) };
    await api('POST /api/organiser/events/{eventId}/people/export', { params, body });
    await save(fields, { columns, cells });
  };
  return (
    <Disclosure label={t('registrations.export', { count: people.length })}>
      {(close) => (
        <>
          <p>{t('registrations.exportFollows')}</p>
          <FailureNote error={error} />
          <p class="buttons">
            <Button busy={busy} onPress={() => run(saveNoted(shown))}>
              {t('registrations.exportShown')}
            </Button>
            <Button kind="second" busy={busy} onPress={() => run(saveNoted(fields))}>
              {t('registrations.exportAll')}
            </Button>
            <Button kind="second" busy={busy} onPress={() => run(saveWithAddresses)}>
              {t('registrations.exportAddresses')}
            </Button>
            <Button kind="quiet" onPress={close}>
              {t('common.cancel')}
            </Button>
          </p>
        </>
      )}
    </Disclosure>
  );
}

/** Letters, as the contract takes them. */
const LONGEST_NAME = 100;

interface Beside {
  readonly columns: readonly string[];
  /** By reference. */
  readonly cells: ReadonlyMap<string, readonly string[]>;
}

/** Instants are by the clocks of the event, as in every file, days ISO 8601, numbers those of a spreadsheet; all else is as it is read. */
function cellOf({ kind, valuesOf, nameOf }: PeopleField, person: KnownPerson, { timeZone }: PublicEvent) {
  const values = valuesOf(person);
  if (kind === 'number' && values.length === 1) return Number(values[0]);
  const read = values.map((value) => {
    if (kind === 'instant' && value.includes('T')) return localWithOffset(new Date(value), timeZone);
    return kind === 'instant' || kind === 'date' ? value : (nameOf?.(value) ?? value);
  });
  return read.join('; ');
}

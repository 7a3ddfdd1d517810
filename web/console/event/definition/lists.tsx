import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import {
  type DefinitionPath,
  isGroup,
  type Shape,
  valueAt,
} from '../../../../shared/event/definition/definition-shape.ts';
import { useDesk } from '../../desk.ts';
import { LongTextField, SelectField } from '../../kernel/form/field.tsx';
import { Button } from '../../kernel/parts/buttons.tsx';
import { countryChoices, countryText } from '../../names.ts';
import { t } from '../../words.ts';
import { newEntry } from './draft.ts';
import { type DefinitionPlace, entryName, useEditing, useField } from './editing.ts';
import { addLabel, fieldLabel, partLabel } from './parts.ts';

interface LinesProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly lines: readonly string[];
  readonly onChange: (lines: readonly string[]) => void;
}

/** One short text a line. */
export function Lines({ lines, onChange, ...field }: LinesProps) {
  const [typed, setTyped] = useState(lines.join('\n'));
  return (
    <LongTextField
      {...field}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        onChange(
          text
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        );
      }}
    />
  );
}

interface PlacesProps extends Omit<LinesProps, 'lines' | 'onChange'> {
  /** What the choice says that adds one. */
  readonly add: string;
  readonly codes: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** Countries, in the order in which they are chosen. */
export function PlacesOfWorld({ add, codes, onChange, ...field }: PlacesProps) {
  const { event } = useDesk();
  return (
    <>
      <SelectField
        {...field}
        value=""
        choices={countryChoices(event, add).filter(([code]) => !codes.includes(code))}
        onChange={(code) => code && onChange([...codes, code])}
      />
      <ul class="chips">
        {codes.map((code) => (
          <li key={code}>
            {countryText(event, code)}
            <Button
              kind="quiet"
              label={t('definition.removeOne', { name: countryText(event, code) })}
              onPress={() => onChange(codes.filter((each) => each !== code))}
            >
              {t('definition.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a place of any shape is typed into: entries have fields, and fields entries. */
type AnyField = (props: DefinitionPlace & { readonly shape: Shape }) => JSX.Element;

interface EntriesProps extends DefinitionPlace {
  readonly of: Shape;
  readonly Field: AnyField;
}

/** Where the focus goes once an entry was added, moved or taken out: what was pressed may be gone. */
interface Touched {
  readonly at?: number;
  readonly part: string;
  readonly isNew?: true;
}

/** The parts of a list, each to be opened, put elsewhere or taken out; and one more of them. */
export function Entries({ of, Field, ...place }: EntriesProps) {
  const { definition, value, field, change } = useField(place, true);
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  const [touched, setTouched] = useState<Touched>();
  const isText = of.kind === 'words';
  const put = (list: readonly unknown[]): void => change(list.length === 0 && !place.isRequired ? undefined : list);
  const add = (): void => {
    put([...entries, newEntry(of, place.path, definition)]);
    setTouched({ at: entries.length, part: 'input, textarea, select', isNew: true });
  };
  const move = (at: number, to: number): void => {
    put(entries.toSpliced(at, 1).toSpliced(to, 0, entries[at]));
    setTouched({ at: to, part: 'summary, input, textarea' });
  };
  const remove = (at: number): void => {
    put(entries.toSpliced(at, 1));
    setTouched({ part: ':scope > .buttons button' });
  };
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (touched === undefined) return;
    const around =
      touched.at === undefined ? list.current : list.current?.querySelector(':scope > ol')?.children[touched.at];
    around?.querySelector<HTMLElement>(touched.part)?.focus();
  }, [touched]);
  return (
    <div class="entries" id={field.name} ref={list} tabIndex={-1}>
      {field.error && (
        <p class="error">
          {t('common.error')}: {field.error}
        </p>
      )}
      <ol>
        {entries.map((entry, at) => (
          <li key={String(valueAt(entry, ['id']) ?? at)}>
            <Entry
              of={of}
              Field={Field}
              path={[...place.path, at]}
              name={
                isText
                  ? t('definition.numbered', { what: fieldLabel(place.path), number: at + 1 })
                  : nameOfEntry(definition, entry, place.path, at)
              }
              isOpen={isText || (at === touched?.at && touched.isNew === true)}
              buttons={[
                ...(at > 0 ? [[t('definition.up'), () => move(at, at - 1)] as const] : []),
                ...(at < entries.length - 1 ? [[t('definition.down'), () => move(at, at + 1)] as const] : []),
                [t('definition.remove'), () => remove(at)] as const,
              ]}
            />
          </li>
        ))}
      </ol>
      <p class="buttons">
        <Button kind="second" onPress={add}>
          {addLabel(place.path)}
        </Button>
      </p>
    </div>
  );
}

/** A place of the world has no name but its own. */
function nameOfEntry(
  definition: Readonly<Record<string, unknown>>,
  entry: unknown,
  path: DefinitionPath,
  at: number,
): string {
  const name = entryName(definition, entry) || (isGroup(entry) ? String(entry['code'] ?? '') : '');
  return name || t('definition.numbered', { what: partLabel(path), number: at + 1 });
}

interface EntryProps extends Pick<EntriesProps, 'of' | 'Field'> {
  readonly path: DefinitionPath;
  readonly name: string;
  readonly isOpen: boolean;
  readonly buttons: readonly (readonly [label: string, press: () => void])[];
}

/** Its fields are there once it is open: a long list would be slow otherwise. */
function Entry({ of, Field, path, name, isOpen, buttons }: EntryProps) {
  const { isWrong } = useEditing();
  const wrong = isWrong(path);
  const [open, setOpen] = useState(isOpen || wrong);
  useEffect(() => {
    if (wrong || isOpen) setOpen(true);
  }, [wrong, isOpen]);
  const inside = (
    <>
      <Field path={path} shape={of} isRequired />
      <p class="buttons">
        {buttons.map(([label, press]) => (
          <Button key={label} kind="quiet" label={`${label}: ${name}`} onPress={press}>
            {label}
          </Button>
        ))}
      </p>
    </>
  );
  if (of.kind === 'words') return <div class="card">{inside}</div>;
  return (
    <details class="card" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{name}</summary>
      {open && inside}
    </details>
  );
}

import { useState } from 'preact/hooks';
import { HOW_OFTEN } from '../../../shared/checkin/choices.ts';
import { navigate, pageAddress, registrationAddress } from '../addresses.ts';
import { useDesk, useRead } from '../desk.ts';
import { idFromTitle } from '../event/id-from-title.ts';
import type { AnswerOf, BodyOf } from '../kernel/api.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { peopleByName, SaveTable, usePiece, wholeOrParts } from '../kernel/form/save-table.tsx';
import { requireTyped } from '../kernel/form/typed.tsx';
import { Button, Disclosure } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { FactList, NativeName, TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { categoryName, countryText, when } from '../names.ts';
import { t } from '../words.ts';
import { RemoveList } from './list-form.tsx';
import { type HandoutView, type Read, useReader } from './overview.ts';
import { type AreThere, peopleInWords, WhileKnown } from './who-came.tsx';

const LABELS = {
  name: t('handout.name'),
  often: t('handout.often'),
  isLent: t('handout.lending'),
  categories: t('checkInList.categories'),
};

interface HandoutFormProps {
  readonly read: Read;
  /** None where one is made. */
  readonly handout?: HandoutView;
  readonly onStale: () => Promise<void>;
  readonly onClose: () => void;
}

type Body = BodyOf<'PUT /api/organiser/events/{eventId}/check-in/handouts/{listId}'>;

/** What was typed stays where someone else was faster. */
function HandoutForm({ read, handout, onStale, onClose }: HandoutFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(onStale, t('checkInList.changedMeanwhile'));
  const [name, setName] = useState(handout?.name ?? '');
  const [often, setOften] = useState<string>(handout?.often ?? 'once');
  const [isLent, setLent] = useState(handout?.isLent ?? false);
  const [categories, setCategories] = useState<readonly string[]>(handout?.categories ?? []);
  const save = async (): Promise<void> => {
    requireTyped({ name });
    const taken = [...read.lists, ...read.handouts].map(({ id }) => id);
    await api('PUT /api/organiser/events/{eventId}/check-in/handouts/{listId}', {
      params: { eventId: event.id, listId: handout?.id ?? idFromTitle(name, taken) },
      body: {
        ...{ revision: read.revision, name, often: often as Body['often'], isLent },
        ...(categories.length > 0 && { categories }),
      },
    });
    navigate(pageAddress(event.id, 'check-in'));
    tell(handout ? t('checkInList.saved', { list: name }) : t('handout.made', { name }));
  };
  return (
    <FieldsForm
      send={handout ? t('checkInList.save') : t('handout.makeNow')}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => change(save)}
      onCancel={onClose}
    >
      <TextInput
        {...{ name: 'name', label: LABELS.name, value: name, onChange: setName, maxLength: 80 }}
        hint={t('handout.nameHint')}
        error={fieldError(error, 'name')}
      />
      <SelectField
        {...{ name: 'often', label: LABELS.often, value: often, onChange: setOften }}
        choices={HOW_OFTEN.map((each) => [each, t(`handout.oftens.${each}`)] as const)}
        error={fieldError(error, 'often')}
      />
      <ChecksField
        {...{ name: 'isLent', label: LABELS.isLent, choices: [['yes', t('handout.isLent')]] }}
        chosen={isLent ? ['yes'] : []}
        error={fieldError(error, 'isLent')}
        onChange={(chosen) => setLent(chosen.length > 0)}
      />
      <ChecksField
        {...{ name: 'categories', label: LABELS.categories, chosen: categories, onChange: setCategories }}
        hint={t('handout.categoriesHint')}
        choices={event.categories.map(({ id, title }) => [id, title] as const)}
        error={fieldError(error, 'categories')}
      />
    </FieldsForm>
  );
}

export function NewHandout() {
  const { event } = useDesk();
  const overview = useRead(event.id, useReader());
  return (
    <>
      <Heading>{t('handout.newTitle')}</Heading>
      <p>{t('handout.explain')}</p>
      <Show of={overview}>
        {(read) => (
          <HandoutForm
            read={read}
            onStale={overview.reload}
            onClose={() => navigate(pageAddress(event.id, 'check-in'))}
          />
        )}
      </Show>
    </>
  );
}

interface OneHandoutProps {
  readonly read: Read;
  readonly handout: HandoutView;
  readonly onStale: () => Promise<void>;
}

/** One thing that is handed out: how many have it, and on a press who. */
export function OneHandout({ read, handout, onStale }: OneHandoutProps) {
  const { event } = useDesk();
  const { id, name, often, isLent, categories, counts } = handout;
  return (
    <>
      <Heading>{name}</Heading>
      <p role="status">{t('handout.numbers', { people: counts.people })}</p>
      {isLent && <p>{t('handout.outNow', { people: counts.out })}</p>}
      <WhoHasIt handout={handout} />
      <div class="screen">
        <FactList
          title={t('handout.rules')}
          facts={[
            [LABELS.often, t(`handout.oftens.${often}`)],
            [LABELS.isLent, isLent && t('handout.isLent')],
            [
              t('checkInList.group'),
              categories?.map((each) => categoryName(event, each)).join(', ') ?? t('checkInList.everyone'),
            ],
          ]}
        />
      </div>
      <div class="buttons screen">
        <Disclosure label={t('checkInList.change')}>
          {(close) => <HandoutForm read={read} handout={handout} onStale={onStale} onClose={close} />}
        </Disclosure>
        <RemoveList id={id} name={name} revision={read.revision} onStale={onStale} />
      </div>
    </>
  );
}

/** By name: on a press, for that someone looks is recorded. */
function WhoHasIt({ handout }: { readonly handout: HandoutView }) {
  const [isShown, setShown] = useState(false);
  return (
    <section>
      <h2 class="screen">{t('handout.who')}</h2>
      <p class="hint screen">{t('handout.whoExplain')}</p>
      {isShown ? (
        <WhileKnown>{(areThere) => <Names handout={handout} areThere={areThere} />}</WhileKnown>
      ) : (
        <p class="buttons">
          <Button onPress={() => setShown(true)}>{t('doors.names.show')}</Button>
        </p>
      )}
    </section>
  );
}

type Given = AnswerOf<'GET /api/organiser/events/{eventId}/check-in/handouts/{listId}'>['people'][number];

/** Which of them a table shows: all, those who have it still, or those who were given it too often. */
const WHICH = {
  out: ({ isOut }: Given) => isOut === true,
  beyond: ({ beyond }: Given) => beyond !== undefined,
  '': () => true,
} as const;

interface NamesProps {
  readonly handout: HandoutView;
  readonly areThere: AreThere;
}

function Names({ handout: { id, isLent }, areThere }: NamesProps) {
  const { api, event } = useDesk();
  const [which, setWhich] = useState<string>(isLent ? 'out' : '');
  const asked = (part?: string) => ({ params: { eventId: event.id, listId: id }, query: { part } });
  const read = useRead(id, async (signal) => {
    const answers = await wholeOrParts(signal, (part) =>
      api('GET /api/organiser/events/{eventId}/check-in/handouts/{listId}', { ...asked(part), signal }),
    );
    return { ...answers[0], people: peopleByName(answers) };
  });
  return (
    <Show of={read}>
      {({ people: told, minors, unnamed }) => {
        const people = areThere(told);
        const isTold = Object.entries(WHICH).find(([name]) => name === which)?.[1] ?? WHICH[''];
        const shown = people.filter(isTold);
        const inDoubt = people.filter(WHICH.beyond).length;
        const others = (minors?.beyond ?? 0) + (unnamed?.beyond ?? 0);
        return (
          <>
            {inDoubt + others > 0 && <InDoubt people={inDoubt} others={others} isLent={isLent} />}
            {minors !== undefined && minors.people > 0 && <p class="hint">{t('handout.minors', minors)}</p>}
            {unnamed !== undefined && unnamed.people > 0 && <p class="hint">{t('handout.unnamed', unnamed)}</p>}
            <div class="filters screen">
              {(isLent || inDoubt > 0) && (
                <SelectField
                  {...{ name: 'which', label: t('handout.which'), value: which, onChange: setWhich }}
                  choices={[
                    ...(isLent ? [['out', t('handout.stillOut')] as const] : []),
                    ...(inDoubt > 0 ? [['beyond', t('doors.handout.beyond')] as const] : []),
                    ['', t('handout.everyone')],
                  ]}
                />
              )}
              <SaveTable
                label={t('doors.names.export')}
                about={[id, 'handed-out']}
                inWords={peopleInWords(event)}
                load={(part, signal) =>
                  api('GET /api/organiser/events/{eventId}/check-in/handouts/{listId}/people.csv', {
                    ...asked(part),
                    signal,
                  })
                }
                saved={t('doors.names.exported')}
              />
              <Button kind="second" onPress={() => print()}>
                {t('doors.names.print')}
              </Button>
            </div>
            {shown.length === 0 ? <p class="empty">{t('handout.nobody')}</p> : <GivenTable people={shown} />}
          </>
        );
      }}
    </Show>
  );
}

interface InDoubtProps {
  readonly people: number;
  /** Who are not named. */
  readonly others: number;
  readonly isLent: boolean;
}

/** That something was given more often than it is meant to be, and what to do about it: no number tells which of two phones was right. */
const InDoubt = ({ people, others, isLent }: InDoubtProps) => (
  <div class="note warn screen">
    <p>
      <b>{t('doors.handout.inDoubt', { people: people + others })}</b>
    </p>
    <p>{t('doors.handout.inDoubtTodo')}</p>
    {isLent && <p>{t('doors.handout.inDoubtLent')}</p>}
    {others > 0 && <p>{t('doors.handout.inDoubtOthers', { others })}</p>}
  </div>
);

type Scanned = NonNullable<Given['scans']>[number];

function ScanLine({ of: { kind, at, phone } }: { readonly of: Scanned }) {
  const { event } = useDesk();
  const told = { at: when(event, at), phone: phone ?? t('doors.handout.otherPhone') };
  return <small>{t(kind === 'in' ? 'doors.handout.givenBy' : 'doors.handout.backBy', told)}</small>;
}

function GivenTable({ people }: { readonly people: readonly Given[] }) {
  const { event } = useDesk();
  const { rows, field } = usePiece(people);
  return (
    <>
      {field && <div class="filters screen">{field}</div>}
      <table class="by-name stacked">
        <TableHead columns={[t('row.name'), t('row.organisation'), t('handout.givenAt'), t('handout.times')]} />
        <tbody>
          {rows.map(({ reference, honorific, fullName, nativeName, organisation, country, ...of }) => (
            <tr key={reference}>
              <th scope="row">
                <a href={registrationAddress(event.id, reference)}>{[honorific, fullName].filter(Boolean).join(' ')}</a>
                <NativeName of={nativeName} />
              </th>
              <td>
                {organisation}
                <small>{countryText(event, country)}</small>
              </td>
              <td data-label={t('handout.givenAt')}>
                <div>
                  {when(event, of.givenAt)}
                  {of.isOut && <small>{t('handout.notBack')}</small>}
                </div>
              </td>
              <td data-label={t('handout.times')}>
                <div>
                  {of.given}
                  {of.beyond !== undefined && <small>{t('doors.handout.tooOften', { times: of.beyond })}</small>}
                  {of.scans?.map((each, place) => (
                    <ScanLine key={`${each.at} ${place}`} of={each} />
                  ))}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface HandedOutToProps {
  readonly handouts: AnswerOf<'GET /api/organiser/events/{eventId}/check-in/attendance/{reference}'>['handouts'];
}

/** On someone's page: what they were given, and what of it they have still. */
export function HandedOutTo({ handouts }: HandedOutToProps) {
  const { event } = useDesk();
  return (
    <>
      <h3>{t('handout.title')}</h3>
      <table class="stacked">
        <TableHead columns={[t('handout.what'), t('handout.givenAt'), t('handout.times'), t('doors.handout.back')]} />
        <tbody>
          {handouts.map(({ list, name, isLent, given, givenAt, isOut, beyond, backAt }) => (
            <tr key={list}>
              <th scope="row">{name}</th>
              <td class="time" data-label={t('handout.givenAt')}>
                {when(event, givenAt)}
              </td>
              <td data-label={t('handout.times')}>
                <div>
                  {given}
                  {beyond !== undefined && <small>{t('doors.handout.tooOften', { times: beyond })}</small>}
                </div>
              </td>
              <td class="time" data-label={isLent && t('doors.handout.back')}>
                {isOut ? <b>{t('handout.notBack')}</b> : backAt && when(event, backAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

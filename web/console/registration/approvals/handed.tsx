import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk, useRead } from '../../desk.ts';
import { ChecksField, fieldError, SelectField, TextInput } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { refuseTyped } from '../../kernel/form/typed.tsx';
import { Button, Disclosure } from '../../kernel/parts/buttons.tsx';
import { FailureNote } from '../../kernel/parts/page.tsx';
import { Show, useLive } from '../../kernel/parts/show.tsx';
import { SignedOutError } from '../../kernel/session.ts';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import type { KnownPerson } from '../people.ts';
import { type OneProps, useRegistrationChange } from '../person/one.ts';
import type { HandedTo, HolderOf } from './queue.ts';

const HANDED = '/api/organiser/events/{eventId}/registrations/{reference}/handed';

/** Milliseconds between two looks at whose they are: of roles that ended nothing else tells. */
const AGAIN = 60_000;

/** @returns what was read of whose applicants are, again each minute */
export function useHanded() {
  const { api, event } = useDesk();
  const params = { eventId: event.id };
  return useLive(event.id, () => api('GET /api/organiser/events/{eventId}/registrations/handed', { params }), AGAIN);
}

/** Whose applicants are: what was handed over here at once, and else as it was read; anew once one who waits on was changed. */
export function useHolders({ loaded, reload }: ReturnType<typeof useHanded>, waiting: readonly KnownPerson[]) {
  const [own, setOwn] = useState<ReadonlyMap<string, HandedTo & { readonly revision: number }>>(new Map());
  const revisions = useRef<ReadonlyMap<string, number>>(new Map());
  const value = loaded.state === 'ready' ? loaded.value : undefined;
  useEffect(() => {
    const before = revisions.current;
    revisions.current = new Map(waiting.map(({ reference, revision }) => [reference, revision]));
    if (waiting.some(({ reference, revision }) => revision > (before.get(reference) ?? revision))) void reload();
  }, [waiting]);
  // Once the list has what was done here, what was read after it tells more.
  useEffect(() => {
    const isAhead = ([reference, { revision }]: readonly [string, { readonly revision: number }]): boolean =>
      revision > (revisions.current.get(reference) ?? 0);
    setOwn((all) => (all.size === 0 ? all : new Map([...all].filter(isAhead))));
  }, [value]);
  const read = new Map(value?.handed.map((each) => [each.reference, each]));
  const holderOf: HolderOf = ({ reference }) => {
    const holder = own.get(reference) ?? read.get(reference);
    return holder === undefined || 'nobody' in holder ? undefined : holder;
  };
  return {
    of: holderOf,
    set: (people: readonly KnownPerson[], holder: HandedTo | undefined): void =>
      setOwn((all) => {
        const to = (revision: number) => ({ isYours: false, ...(holder ?? { nobody: true }), revision: revision + 1 });
        return new Map([...all, ...people.map(({ reference, revision }) => [reference, to(revision)] as const)]);
      }),
  };
}

const nameOf = ({ to, isYours }: HandedTo): string => (isYours ? t('approvals.you') : (to ?? t('common.unnamed')));

/** Whose an applicant is, among others. */
export const HeldBy = ({ holder }: { readonly holder: HandedTo | undefined }) =>
  holder ? (
    <span class="tag">
      <bdi>{t('approvals.with', { name: nameOf(holder) })}</bdi>
    </span>
  ) : null;

interface HandingProps extends Pick<OneProps, 'onStale'> {
  readonly person: KnownPerson;
  readonly holder: HandedTo | undefined;
  /** Others of the same organisation who wait for a decision of the member's. */
  readonly others: readonly KnownPerson[];
  readonly onHanded: (others: readonly KnownPerson[], holder: HandedTo | undefined) => void;
}

/** Whose an applicant is, with the note that came with it; takes them over or gives them back, or hands them to a colleague. */
export function Handing({ person, holder, others, onHanded, onStale }: HandingProps) {
  const { api, event } = useDesk();
  const { reference, revision, fullName: name } = person;
  const params = { eventId: event.id, reference };
  const isHanded = holder !== undefined;
  const read = useRead(`${reference} ${revision} ${isHanded}`, async () =>
    isHanded ? (await api(`GET ${HANDED}`, { params })).handed : undefined,
  );
  const handed = read.loaded.state === 'ready' ? read.loaded.value : undefined;
  const turn = useRegistrationChange({ onChanged: () => onHanded([], turned), onStale });
  const turned = holder?.isYours ? undefined : { isYours: true };
  const press = (): Promise<void> =>
    turn.change(
      () => api(`PUT ${HANDED}`, { params, body: { to: turned ? 'me' : 'nobody', revision } }),
      () => t(turned ? 'approvals.takenOver' : 'approvals.givenBack', { name }),
    );
  return (
    <div class="handed">
      {read.loaded.state === 'failed' && <FailureNote error={read.loaded.error} />}
      {holder && (
        <p class="told">
          <HeldBy holder={holder} />{' '}
          {handed && (
            <>
              {t('approvals.handedBy', { who: handed.by ?? t('common.gone'), instant: when(event, handed.at) })}{' '}
              {handed.note && <bdi>{handed.note}</bdi>}
            </>
          )}
        </p>
      )}
      <FailureNote error={turn.error} />
      <div class="buttons">
        <Button kind="second" busy={turn.busy} onPress={press}>
          {t(turned ? 'approvals.takeOver' : 'approvals.giveBack')}
        </Button>
        <Disclosure label={t('approvals.handOver')}>
          {(close) => <HandOver {...{ person, others, onHanded, onStale }} onClose={close} />}
        </Disclosure>
      </div>
    </div>
  );
}

type HandOverProps = Omit<HandingProps, 'holder'> & { readonly onClose: () => void };

function HandOver(props: HandOverProps) {
  const { api, event } = useDesk();
  const { reference } = props.person;
  const read = useRead(reference, () => api(`GET ${HANDED}`, { params: { eventId: event.id, reference } }));
  return (
    <Show of={read}>
      {({ colleagues }) => {
        const choices = colleagues
          .filter(({ isYou }) => !isYou)
          .map(({ id, name }) => [id, name ?? t('common.unnamed')] as const);
        return choices.length === 0 ? (
          <p>{t('approvals.noColleague')}</p>
        ) : (
          <HandOverForm {...props} choices={choices} />
        );
      }}
    </Show>
  );
}

/** Letters of the note, as the API counts them. */
const LONGEST_NOTE = 200;

/** Fields of an applicant's other forms have the names of these. */
const idOf = (path: string): string => `hand-${path}`;

interface HandOverFormProps extends HandOverProps {
  readonly choices: readonly (readonly [id: string, name: string])[];
}

function HandOverForm({ person, others, choices, onHanded, onStale, onClose }: HandOverFormProps) {
  const { api, event } = useDesk();
  const [{ to, note, with: withOthers }, set] = useState({ to: '', note: '', with: [] as readonly string[] });
  const typed = { to, note, with: withOthers };
  const also = useRef<readonly KnownPerson[]>([]);
  const who = choices.find(([id]) => id === to)?.[1] ?? '';
  const { busy, error, change } = useRegistrationChange({
    onChanged: () => {
      onClose();
      onHanded(also.current, { to: who, isYours: false });
    },
    onStale,
  });
  const form = useRef<HTMLDivElement>(null);
  // It is there once the colleagues are: the focus goes into it then.
  useLayoutEffect(() => form.current?.querySelector('select')?.focus(), []);
  const labels = { to: t('approvals.colleague'), note: t('approvals.handNote') };
  const hand = ({ reference, revision }: KnownPerson) =>
    api(`PUT ${HANDED}`, {
      params: { eventId: event.id, reference },
      body: { to, revision, ...(note.trim() && { note: note.trim() }) },
    });
  const send = (): Promise<void> =>
    change(
      async () => {
        if (to === '') refuseTyped({ to: t('common.required') });
        const after = await hand(person);
        const done: KnownPerson[] = [];
        for (const each of withOthers.length > 0 ? others : []) {
          // Who changed meanwhile, or is beyond the colleague's reach, stays whose they are, and is counted.
          const isDone = await hand(each).then(
            () => true,
            (problem) => {
              if (problem instanceof SignedOutError) throw problem;
              return false;
            },
          );
          if (isDone) done.push(each);
        }
        also.current = done;
        return after;
      },
      () => {
        const left = withOthers.length > 0 ? others.length - also.current.length : 0;
        const said = t('approvals.handedOver', { count: 1 + also.current.length, who });
        return left > 0 ? `${said} ${t('approvals.notHanded', { count: left })}` : said;
      },
    );
  return (
    <div ref={form}>
      <FieldsForm send={t('approvals.handNow')} {...{ busy, error, labels, idOf }} onSend={send} onCancel={onClose}>
        <p>{t('approvals.handExplain')}</p>
        <SelectField
          name={idOf('to')}
          label={labels.to}
          choices={[['', t('approvals.choose')], ...choices]}
          value={to}
          error={fieldError(error, 'to')}
          onChange={(value) => set({ ...typed, to: value })}
        />
        <TextInput
          name={idOf('note')}
          label={t('common.optional', { label: labels.note })}
          hint={t('approvals.handNoteHint', { most: LONGEST_NOTE })}
          value={note}
          error={fieldError(error, 'note')}
          onChange={(value) => set({ ...typed, note: value })}
        />
        {others.length > 0 && (
          <ChecksField
            name={idOf('with')}
            label={t('approvals.handAlso')}
            choices={[['others', t('approvals.handOthers', { count: others.length })]]}
            chosen={withOthers}
            onChange={(chosen) => set({ ...typed, with: chosen })}
          />
        )}
      </FieldsForm>
    </div>
  );
}

import { useState } from 'preact/hooks';
import {
  BULK_KINDS,
  BULK_RULES,
  type BulkKind,
  isTagging,
  MOST_IN_BULK,
  needsNumber,
} from '../../../shared/registration/bulk/bulk.ts';
import { holdsAny } from '../../../shared/team/role/organiser-role.ts';
import { bulkAddress, navigate, pageAddress } from '../addresses.ts';
import { useAct, useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { fieldError, SelectField } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { DigitsInput, numberOf, requireTyped } from '../kernel/form/typed.tsx';
import { nameOfDay } from '../names.ts';
import { t } from '../words.ts';
import { DeclineFields, type DeclineWhy, NO_WHY, whySent } from './decline-reason.tsx';
import { newBulkId } from './held.tsx';
import { useKnownTags } from './known-tags.ts';
import { PeopleInGroups } from './named-people.tsx';
import type { Chosen } from './people.ts';

type Preview = AnswerOf<'POST /api/organiser/events/{eventId}/bulk/preview'>;

/** Asks what is to be done with all who are chosen, and says what that would do before it begins. */
export function StartBulk() {
  const { api, event, grants, people } = useDesk();
  const [chosen] = useState(() => [...people.now().chosen.values()]);
  const tags = useKnownTags() ?? [];
  const sessions = event.sessions.filter(({ signUp }) => signUp);
  const isThere = (each: BulkKind): boolean =>
    isTagging(each) ? tags.length > 0 : each !== 'add-to-session' || sessions.length > 0;
  const kinds = BULK_KINDS.filter((each) => holdsAny(grants, BULK_RULES[each].ticks) && isThere(each));
  const [kind, setKind] = useState<BulkKind>(kinds[0] ?? 'approve');
  const [tagChosen, setTag] = useState<string>();
  const tag = isTagging(kind) ? (tagChosen ?? tags[0]?.id) : undefined;
  const [sessionChosen, setSession] = useState<string>();
  const session = kind === 'add-to-session' ? (sessionChosen ?? sessions[0]?.id) : undefined;
  const of = { ...(tag && { tag }), ...(session && { session }) };
  const [preview, setPreview] = useState<Preview>();
  const { busy, error, run } = useAct();
  const list = <a href={pageAddress(event.id, 'registrations')}>{t('bulk.choose')}</a>;
  if (chosen.length === 0) return <p>{list}</p>;
  if (chosen.length > MOST_IN_BULK) {
    return (
      <p class="note warn">
        {t('bulk.tooMany', { count: chosen.length, most: MOST_IN_BULK })} {list}
      </p>
    );
  }
  const look = async (): Promise<void> => {
    const body = { kind, people: chosen, ...of };
    setPreview(await api('POST /api/organiser/events/{eventId}/bulk/preview', { params: { eventId: event.id }, body }));
  };
  return (
    <section class="card" aria-labelledby="start-bulk">
      <h2 id="start-bulk">{t('bulk.with', { count: chosen.length })}</h2>
      <FieldsForm
        send={t('bulk.look')}
        busy={busy}
        error={error}
        labels={{ kind: t('bulk.what'), tag: t('bulk.tag'), session: t('bulk.session') }}
        onSend={() => run(look)}
      >
        <SelectField
          name="kind"
          label={t('bulk.what')}
          choices={kinds.map((each) => [each, t(`bulk.do.${each}`)] as const)}
          value={kind}
          onChange={(value) => {
            setKind(kinds.find((each) => each === value) ?? kind);
            setPreview(undefined);
          }}
        />
        {tag && (
          <SelectField
            name="tag"
            label={t('bulk.tag')}
            choices={tags.map(({ id, name }) => [id, name] as const)}
            value={tag}
            error={fieldError(error, 'tag')}
            onChange={(value) => {
              setTag(value);
              setPreview(undefined);
            }}
          />
        )}
        {session && (
          <SelectField
            name="session"
            label={t('bulk.session')}
            choices={sessions.map(
              ({ id, title, day, start }) => [id, `${title} (${nameOfDay(event, day)}, ${start})`] as const,
            )}
            value={session}
            error={fieldError(error, 'session')}
            onChange={(value) => {
              setSession(value);
              setPreview(undefined);
            }}
          />
        )}
      </FieldsForm>
      {preview && <Begin kind={kind} of={of} chosen={chosen} preview={preview} />}
    </section>
  );
}

interface BeginProps {
  readonly kind: BulkKind;
  /** The tag, or the session. */
  readonly of: { readonly tag?: string; readonly session?: string };
  readonly chosen: Chosen[];
  readonly preview: Preview;
}

/** What would become of whom; a second press begins. */
function Begin({ kind, of, chosen, preview }: BeginProps) {
  const { api, event, people, tell } = useDesk();
  const [id] = useState(newBulkId);
  const [why, setWhy] = useState<DeclineWhy>(NO_WHY);
  const [typed, setTyped] = useState('');
  const { busy, error, run } = useAct();
  const { fit, wait, minors, unknown, refused } = preview;
  const left = new Set(refused.flatMap(({ references }) => references));
  const rest = chosen.flatMap(({ reference }) => (left.has(reference) ? [] : [reference]));
  const mustConfirm = needsNumber(kind, chosen.length);
  const begin = async (): Promise<void> => {
    if (mustConfirm) requireTyped({ confirm: typed }, { number: { confirm: typed } });
    const { total } = await api('POST /api/organiser/events/{eventId}/bulk', {
      params: { eventId: event.id },
      body: {
        ...{ kind, id, people: chosen, ...of },
        ...(kind === 'decline' && whySent(why)),
        ...(mustConfirm && { confirm: numberOf(typed) }),
      },
    });
    people.clearChoice();
    navigate(bulkAddress(event.id, id));
    // Erased since it was looked at.
    const gone = fit + left.size - total;
    if (gone > 0) tell(t('bulk.unknown', { count: gone }), 'warn');
  };
  return (
    <div role="status">
      <p>
        <b>{t(`bulk.fit.${kind}`, { count: fit })}</b> {wait > 0 && t('bulk.wait', { count: wait })}
      </p>
      {rest.length === fit && <PeopleInGroups groups={[[t('bulk.who'), rest]]} />}
      <PeopleInGroups
        groups={refused.map(({ why, references }) => [
          t(`bulk.outcome.${why}`, { count: references.length }),
          references,
        ])}
      />
      {minors > 0 && <p>{t('bulk.minors', { count: minors })}</p>}
      {unknown > 0 && <p>{t('bulk.unknown', { count: unknown })}</p>}
      {fit > 0 && (
        <FieldsForm
          send={t(`bulk.begin.${kind}`, { count: fit })}
          kind={kind === 'decline' || kind === 'cancel' ? 'danger' : undefined}
          busy={busy}
          error={error}
          labels={{ reason: t('decide.reason'), note: t('decide.note'), confirm: t('bulk.confirm') }}
          onSend={() => run(begin)}
        >
          {kind === 'decline' && <DeclineFields why={why} error={error} onChange={setWhy} />}
          {mustConfirm && (
            <DigitsInput
              as="number"
              name="confirm"
              label={t('bulk.confirm')}
              hint={t('bulk.confirmHint', { count: chosen.length })}
              value={typed}
              error={fieldError(error, 'confirm')}
              onChange={setTyped}
            />
          )}
          <p>{t(isTagging(kind) ? 'bulk.followsTags' : 'bulk.follows')}</p>
        </FieldsForm>
      )}
    </div>
  );
}

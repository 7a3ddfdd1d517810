import { useState } from 'preact/hooks';
import type { Tag } from '../../../shared/registration/tags/tags.schema.ts';
import { LONGEST_TAG, MOST_TAGS } from '../../../shared/registration/tags/tags.ts';
import { useAct, useDesk, useEventRead, useHas } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { ChecksField, TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { TableHead } from '../kernel/parts/facts.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { type OneProps, useRegistrationChange } from './person/one.ts';

const LIST = 'GET /api/organiser/events/{eventId}/tags';
type TagList = AnswerOf<typeof LIST>;

export const useTags = () => useEventRead(LIST);

/** The tags of the event as far as they are known. */
export function useKnownTags(): readonly Tag[] | undefined {
  const { loaded } = useTags();
  return loaded.state === 'ready' ? loaded.value.tags : undefined;
}

/** What owners write: which tags there are, and what each is for. */
export function TagsScreen() {
  const tags = useTags();
  return (
    <>
      <Heading>{t('tags.title')}</Heading>
      <p>{t('tags.explain')}</p>
      <Show of={tags}>
        {({ tags: all }) => (
          <>
            {all.length < MOST_TAGS ? (
              <Disclosure label={t('tags.make')}>
                {(close) => <TagForm onClose={close} onChanged={tags.show} />}
              </Disclosure>
            ) : (
              <p class="note">{t('tags.most', { most: MOST_TAGS })}</p>
            )}
            {all.length === 0 ? <p class="empty">{t('tags.none')}</p> : <TagTable tags={all} onChanged={tags.show} />}
          </>
        )}
      </Show>
    </>
  );
}

interface OnChanged {
  readonly onChanged: (tags: TagList) => void;
}

const TagTable = ({ tags, onChanged }: OnChanged & Pick<TagList, 'tags'>) => (
  <table class="stacked">
    <TableHead columns={[t('tags.name'), t('tags.purpose')]} unseen={t('tags.change')} />
    <tbody>
      {tags.map((tag) => (
        <tr key={tag.id}>
          <th scope="row">{tag.name}</th>
          <td data-label={t('tags.purpose')}>{tag.purpose}</td>
          <td class="act">
            <div class="buttons">
              <Disclosure label={t('tags.change')} about={tag.name}>
                {(close) => <TagForm tag={tag} onClose={close} onChanged={onChanged} />}
              </Disclosure>
              <RemoveTag tag={tag} onChanged={onChanged} />
            </div>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

const LABELS = { name: t('tags.name'), purpose: t('tags.purpose') };

const ID_LENGTH = 8;
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** 40 random bits. */
export const shortId = (): string =>
  [...crypto.getRandomValues(new Uint8Array(ID_LENGTH))].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('');

interface TagFormProps extends OnChanged {
  /** Absent for a new one. */
  readonly tag?: Tag;
  readonly onClose: () => void;
}

function TagForm({ tag, onClose, onChanged }: TagFormProps) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const [tagId] = useState(() => tag?.id ?? shortId());
  const { typed, field } = useTyped({ name: tag?.name ?? '', purpose: tag?.purpose ?? '' }, LABELS, error);
  const write = async (): Promise<void> => {
    requireTyped(typed);
    const params = { eventId: event.id, tagId };
    const after = await api('PUT /api/organiser/events/{eventId}/tags/{tagId}', { params, body: { ...typed } });
    onClose();
    tell(t('tags.written', { name: typed.name.trim() }));
    onChanged(after);
  };
  return (
    <FieldsForm
      send={t('tags.write')}
      busy={busy}
      error={error}
      labels={LABELS}
      onSend={() => run(write)}
      onCancel={onClose}
    >
      <TextInput {...field('name')} hint={t('tags.nameHint')} maxLength={LONGEST_TAG.name * 4} />
      <TextInput {...field('purpose')} hint={t('tags.purposeHint')} maxLength={LONGEST_TAG.purpose * 4} />
    </FieldsForm>
  );
}

function RemoveTag({ tag: { id: tagId, name }, onChanged }: OnChanged & { readonly tag: Tag }) {
  const { api, event, people, tell } = useDesk();
  const { busy, error, run } = useAct();
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, tagId };
    const after = await api('DELETE /api/organiser/events/{eventId}/tags/{tagId}', { params });
    tell(t('tags.removed', { name }));
    people.look();
    onChanged(after);
  };
  return (
    <Confirmation
      label={t('tags.remove', { name })}
      follows={t('tags.removeFollows')}
      now={t('tags.removeNow')}
      kind="danger"
      busy={busy}
      error={error}
      onPress={() => run(remove)}
    />
  );
}

/** What a tag is called whose id is known. */
export function TagName({ of }: { readonly of: string }) {
  const tags = useKnownTags();
  return <>{tags === undefined ? t('common.loading') : (tags.find(({ id }) => id === of)?.name ?? t('tags.gone'))}</>;
}

/** The tags of an adult, on their page; nothing where the event has none. */
export function PersonTags(props: OneProps) {
  const { one } = props;
  const mayTag = useHas('change-people');
  const tags = useKnownTags() ?? [];
  if (tags.length === 0) return null;
  const own = tags.filter(({ id }) => one.tags?.includes(id));
  return (
    <section class="screen" aria-labelledby="tags">
      <h2 id="tags">{t('tags.title')}</h2>
      {own.length === 0 ? (
        <p class="empty">{t('tags.noneOfPerson')}</p>
      ) : (
        <ul class="list">
          {own.map(({ id, name, purpose }) => (
            <li key={id}>
              <b>{name}</b> <small>{purpose}</small>
            </li>
          ))}
        </ul>
      )}
      <p>{t('tags.mayAsk')}</p>
      {mayTag && (
        <Disclosure label={t('tags.choose')}>
          {(close) => <TagsForm {...props} tags={tags} onClose={close} />}
        </Disclosure>
      )}
    </section>
  );
}

interface TagsFormProps extends OneProps {
  readonly tags: readonly Tag[];
  readonly onClose: () => void;
}

/** Sends what is changed here alone: what another member sets meanwhile stays. */
function TagsForm({ one, tags, onClose, ...rest }: TagsFormProps) {
  const { api, event } = useDesk();
  const { busy, error, change } = useRegistrationChange(rest);
  const [before] = useState<readonly string[]>(one.tags ?? []);
  const [chosen, setChosen] = useState(before);
  const send = async () => {
    const after = await api('POST /api/organiser/events/{eventId}/registrations/{reference}/tags', {
      params: { eventId: event.id, reference: one.reference },
      body: {
        set: chosen.filter((id) => !before.includes(id)),
        unset: before.filter((id) => !chosen.includes(id)),
      },
    });
    onClose();
    return after;
  };
  return (
    <FieldsForm
      send={t('tags.write')}
      busy={busy}
      error={error}
      labels={{ tags: t('tags.title') }}
      onSend={() => change(send, ({ fullName: name }) => t('tags.changed', { name }))}
      onCancel={onClose}
    >
      <ChecksField
        name="tags"
        label={t('tags.title')}
        choices={tags.map(({ id, name }) => [id, name])}
        chosen={chosen}
        onChange={setChosen}
      />
    </FieldsForm>
  );
}

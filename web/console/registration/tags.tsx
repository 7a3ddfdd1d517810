import { useState } from 'preact/hooks';
import type { Tag } from '../../../shared/registration/tags/tags.schema.ts';
import { LONGEST_TAG, MOST_TAGS } from '../../../shared/registration/tags/tags.ts';
import { useAct, useDesk } from '../desk.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { Heading } from '../kernel/parts/page.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { shortId, type TagList, useTags } from './known-tags.ts';

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
            {all.length === 0 ? <p class="empty">{t('tags.none')}</p> : <Tags tags={all} onChanged={tags.show} />}
          </>
        )}
      </Show>
    </>
  );
}

interface OnChanged {
  readonly onChanged: (tags: TagList) => void;
}

const Tags = ({ tags, onChanged }: OnChanged & Pick<TagList, 'tags'>) => (
  <ul class="list">
    {tags.map((tag) => (
      <li key={tag.id}>
        <div>
          <b>{tag.name}</b>
          <small>{tag.purpose}</small>
        </div>
        <Disclosure label={t('tags.change')} about={tag.name}>
          {(close) => <TagForm tag={tag} onClose={close} onChanged={onChanged} />}
        </Disclosure>
        <RemoveTag tag={tag} onChanged={onChanged} />
      </li>
    ))}
  </ul>
);

const LABELS = { name: t('tags.name'), purpose: t('tags.purpose') };

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
  const idOf = (path: string): string => `${path}-${tagId}`;
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
      idOf={idOf}
      onSend={() => run(write)}
      onCancel={onClose}
    >
      <TextInput {...field('name')} name={idOf('name')} hint={t('tags.nameHint')} maxLength={LONGEST_TAG.name * 4} />
      <TextInput
        {...field('purpose')}
        name={idOf('purpose')}
        hint={t('tags.purposeHint')}
        maxLength={LONGEST_TAG.purpose * 4}
      />
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

import { useState } from 'preact/hooks';
import type { Tag } from '../../../../shared/registration/tags/tags.schema.ts';
import { useDesk, useHas } from '../../desk.ts';
import { ChecksField } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { t } from '../../words.ts';
import { useKnownTags } from '../known-tags.ts';
import { type OneProps, useRegistrationChange } from './one.ts';

/** The tags of an adult, on their page; nothing where the event has none. */
export function PersonTags(props: OneProps) {
  const { one } = props;
  const mayTag = useHas('change-people');
  const tags = useKnownTags() ?? [];
  if (tags.length === 0) return null;
  const own = tags.filter(({ id }) => one.tags?.includes(id));
  return (
    <section class="screen" aria-labelledby="tagged">
      <h2 id="tagged">{t('tags.title')}</h2>
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

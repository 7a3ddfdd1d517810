import { useState } from 'preact/hooks';
import { navigate, pageAddress } from '../../addresses.ts';
import { useAct, useDesk } from '../../desk.ts';
import { fieldError, TextInput } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { DigitsInput, requireTyped } from '../../kernel/form/typed.tsx';
import { Disclosure } from '../../kernel/parts/buttons.tsx';
import { languageText } from '../../names.ts';
import { t } from '../../words.ts';
import { idFromTitle } from '../id-from-title.ts';
import type { Definition } from './draft.ts';
import { languagesOf } from './editing.ts';
import { fieldHint, fieldLabel } from './parts.ts';

/** Another event that begins as this one: next year's, or one of a series. */
export const CopyEvent = ({ definition }: { readonly definition: Definition }) => (
  <section aria-labelledby="copy-event">
    <h2 id="copy-event">{t('definition.copy.title')}</h2>
    <p>{t('definition.copy.explain')}</p>
    <Disclosure label={t('definition.copy.open')}>
      {(close) => <CopyForm languages={languagesOf(definition)} onCancel={close} />}
    </Disclosure>
  </section>
);

interface CopyFormProps {
  readonly languages: readonly string[];
  readonly onCancel: () => void;
}

function CopyForm({ languages, onCancel }: CopyFormProps) {
  const { api, event } = useDesk();
  const { busy, error, run } = useAct();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [typedId, setId] = useState<string>();
  const [firstDay, setFirstDay] = useState('');
  // Proposed by its name, until an address is typed.
  const id = typedId ?? (texts['title.en']?.trim() ? idFromTitle(texts['title.en'], [event.id], 'event') : '');
  const fields = (['title', 'shortTitle'] as const).flatMap((name) =>
    languages.map((language) => ({ name: `${name}.${language}`, what: name, language })),
  );
  const called = {
    title: t('definition.copy.name'),
    shortTitle: t('common.optional', { label: fieldLabel(['shortTitle']) }),
  };
  const labels: Readonly<Record<string, string>> = {
    ...Object.fromEntries(
      fields.map(({ name, what, language }) => [
        name,
        t('definition.inLanguage', { name: called[what], language: languageText(language) }),
      ]),
    ),
    id: t('definition.copy.id'),
    firstDay: t('definition.copy.firstDay'),
  };
  const words = (what: 'title' | 'shortTitle'): Readonly<Record<string, string>> =>
    Object.fromEntries(languages.map((language) => [language, (texts[`${what}.${language}`] ?? '').trim()]));
  const field = (name: string) => ({ name, label: labels[name] ?? name, error: fieldError(error, name) });
  const copy = async (): Promise<void> => {
    const needed = Object.fromEntries(languages.map((each) => [`title.${each}`, texts[`title.${each}`] ?? '']));
    requireTyped({ ...needed, id, firstDay }, { day: { firstDay } });
    const [title, shortTitle] = [words('title'), words('shortTitle')];
    const made = await api('POST /api/organiser/events/{eventId}/copies', {
      params: { eventId: event.id },
      body: { id, title, firstDay, ...(Object.values(shortTitle).some(Boolean) && { shortTitle }) },
    });
    navigate(pageAddress(made.id, 'definition'));
    scrollTo(0, 0);
  };
  return (
    <FieldsForm
      send={t('definition.copy.now')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={() => run(copy)}
      onCancel={onCancel}
    >
      {fields.map(({ name, what, language }) => (
        <TextInput
          key={name}
          {...field(name)}
          hint={what === 'shortTitle' ? fieldHint(['shortTitle']) : undefined}
          lang={language}
          value={texts[name] ?? ''}
          onChange={(typed) => setTexts({ ...texts, [name]: typed })}
        />
      ))}
      <TextInput {...field('id')} hint={t('definition.copy.idHint')} value={id} onChange={setId} />
      <DigitsInput
        {...field('firstDay')}
        as="day"
        hint={t('definition.copy.firstDayHint')}
        value={firstDay}
        onChange={setFirstDay}
      />
    </FieldsForm>
  );
}

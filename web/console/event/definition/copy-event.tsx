import { useState } from 'preact/hooks';
import type { EventDefinition } from '../../../../shared/event/event.ts';
import { LONGEST_ID } from '../../../../shared/kernel/event-id.ts';
import { byLanguage } from '../../../../shared/kernel/i18n/compiled.ts';
import { localDate, localTime } from '../../../../shared/kernel/text/zoned-time.ts';
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

interface CopyEventProps {
  readonly definition: Definition;
}

/** Other events that begin as this one: a rehearsal of it; and next year's, or one of a series, which a rehearsal never becomes. */
export function CopyEvent({ definition }: CopyEventProps) {
  const { event } = useDesk();
  const kinds = event.rehearsal ? (['rehearse'] as const) : (['rehearse', 'copy'] as const);
  return (
    <>
      {kinds.map((as) => (
        <section key={as} aria-labelledby={as}>
          <h2 id={as}>{t(`definition.${as}.title`)}</h2>
          <p>{t(`definition.${as}.explain`)}</p>
          {event.rehearsal && <p>{t('definition.rehearse.again')}</p>}
          <Disclosure label={t(`definition.${as}.open`)}>
            {(close) => <CopyForm definition={definition} as={as} onCancel={close} />}
          </Disclosure>
        </section>
      ))}
    </>
  );
}

/** What subjects of mails call a rehearsal, and its name begins with, in each language of the console: an event has others than its reader. */
const REHEARSAL = byLanguage(
  import.meta.glob<string>('../../../../shared/kernel/i18n/*/console.json', {
    query: '?key=common.rehearsal',
    import: 'default',
    eager: true,
  }),
);

/** @example namesOf('en', 'Forum').title === 'Rehearsal: Forum', and of a rehearsal its own */
function namesOf(language: string, name = '') {
  const shortTitle = REHEARSAL[language] ?? t('common.rehearsal');
  const begin = `${shortTitle}: `;
  return { title: name.startsWith(begin) ? name : begin + name, shortTitle };
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The first day and id that are proposed of a rehearsal: today, or tomorrow once the first day would be over; and the id of its event with day
 * and minute, since the id of a rehearsal that was deleted stays taken.
 *
 * @example `{ firstDay: '2026-12-01', id: 'forum-rehearsal-1201-0915' }` of the event `forum`, and of a rehearsal of it
 */
export function proposedRehearsal(
  { id, timeZone, days }: Pick<EventDefinition<unknown>, 'id' | 'timeZone' | 'days'>,
  now: Date,
) {
  const { date, time } = localTime(now, timeZone);
  const isOver = time >= (days[0]?.end ?? '');
  const end = `-rehearsal-${date.slice('YYYY-'.length).replace('-', '')}-${time.replace(':', '')}`;
  const start = id.replace(/-rehearsal[-\d]*$/, '').slice(0, LONGEST_ID - end.length);
  return {
    firstDay: isOver ? localDate(new Date(now.getTime() + DAY), timeZone) : date,
    id: start.replace(/-$/, '') + end,
  };
}

const NAMES = ['title', 'shortTitle'] as const;

interface CopyFormProps extends CopyEventProps {
  readonly as: 'copy' | 'rehearse';
  readonly onCancel: () => void;
}

function CopyForm({ definition, as, onCancel }: CopyFormProps) {
  const { api, event, now } = useDesk();
  const { busy, error, run } = useAct();
  const languages = languagesOf(definition);
  const isRehearsal = as === 'rehearse';
  const fields = NAMES.flatMap((what) =>
    languages.map((language) => ({ name: `${what}.${language}`, what, language })),
  );
  const [proposed] = useState(() => (isRehearsal ? proposedRehearsal(event, new Date(now())) : undefined));
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() => {
    const titles = definition['title'] as Readonly<Record<string, string>>;
    const names = fields.map(({ name, what, language }) => [name, namesOf(language, titles[language])[what]]);
    return isRehearsal ? Object.fromEntries(names) : {};
  });
  const [typedId, setId] = useState(proposed?.id);
  const [firstDay, setFirstDay] = useState(proposed?.firstDay ?? '');
  // Proposed by its name, until an address is typed.
  const id = typedId ?? (texts['title.en']?.trim() ? idFromTitle(texts['title.en'], [event.id], 'event') : '');
  const called = {
    title: t(`definition.${as}.name`),
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
  const idOf = (path: string): string => `${as}-${path}`;
  const field = (name: string) => ({ name: idOf(name), label: labels[name] ?? name, error: fieldError(error, name) });
  const copy = async (): Promise<void> => {
    const needed = Object.fromEntries(languages.map((each) => [`title.${each}`, texts[`title.${each}`] ?? '']));
    requireTyped({ ...needed, id, firstDay }, { day: { firstDay } });
    const [title, shortTitle] = [words('title'), words('shortTitle')];
    const made = await api('POST /api/organiser/events/{eventId}/copies', {
      params: { eventId: event.id },
      body: {
        ...{ id, title, firstDay },
        ...(Object.values(shortTitle).some(Boolean) && { shortTitle }),
        ...(isRehearsal && { rehearsal: true }),
      },
    });
    navigate(pageAddress(made.id, isRehearsal ? '' : 'definition'));
    scrollTo(0, 0);
  };
  return (
    <FieldsForm
      send={t(`definition.${as}.now`)}
      busy={busy}
      error={error}
      labels={labels}
      idOf={idOf}
      onSend={() => run(copy)}
      onCancel={onCancel}
    >
      {fields.slice(0, isRehearsal ? languages.length : undefined).map(({ name, what, language }) => (
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
        hint={t(`definition.${as}.firstDayHint`)}
        value={firstDay}
        onChange={setFirstDay}
      />
    </FieldsForm>
  );
}

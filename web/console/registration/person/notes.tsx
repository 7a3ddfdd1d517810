import { useState } from 'preact/hooks';
import { MOST_NOTES } from '../../../../shared/registration/notes/notes.ts';
import { useAct, useDesk } from '../../desk.ts';
import type { AnswerOf } from '../../kernel/api.ts';
import { LongTextField } from '../../kernel/form/field.tsx';
import { FieldsForm } from '../../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../../kernel/parts/buttons.tsx';
import { lazy } from '../../kernel/parts/lazy.tsx';
import { when } from '../../names.ts';
import { t } from '../../words.ts';
import { shortId } from '../known-tags.ts';
import type { TimelineProps } from './timeline.tsx';

type NoteList = AnswerOf<'PUT /api/organiser/events/{eventId}/registrations/{reference}/notes/{noteId}'>;
type Note = NoteList['notes'][number];

export const WhoDidWhat = lazy(() => import('./timeline.tsx').then((each) => each.Timeline), 'audit');

interface RecordedProps extends Omit<TimelineProps, 'noted'> {
  /** For those who may note something. */
  readonly notes: NoteList | undefined;
  readonly onNoted: (notes: NoteList) => void;
}

/** What organisers noted on an adult, and last on the page who did what: read again once a note is written or taken away. */
export function Recorded({ notes, onNoted, ...all }: RecordedProps) {
  const [noted, setNoted] = useState(0);
  const changed = (after: NoteList): void => {
    onNoted(after);
    setNoted((times) => times + 1);
  };
  return (
    <>
      {notes && <PersonNotes notes={notes.notes} reference={all.one.reference} onChanged={changed} />}
      <WhoDidWhat {...all} noted={noted} />
    </>
  );
}

interface PersonNotesProps extends NoteFormProps {
  readonly notes: readonly Note[];
}

/** What organisers noted on an adult, above the box what does not belong there, and that the person can ask to read it. */
const PersonNotes = ({ notes, ...props }: PersonNotesProps) => (
  <section class="screen" aria-labelledby="notes">
    <h2 id="notes">{t('notes.title')}</h2>
    <p>{t('notes.explain')}</p>
    {notes.length < MOST_NOTES ? (
      <Disclosure label={t('notes.write')}>{(close) => <NoteForm {...props} onClose={close} />}</Disclosure>
    ) : (
      <p class="note">{t('notes.full', { most: MOST_NOTES })}</p>
    )}
    {notes.length === 0 ? (
      <p class="empty">{t('notes.none')}</p>
    ) : (
      <ul class="list">
        {notes.map((note) => (
          <OneNote key={note.id} note={note} {...props} />
        ))}
      </ul>
    )}
  </section>
);

interface NoteFormProps {
  readonly reference: string;
  readonly onChanged: (notes: NoteList) => void;
}

function NoteForm({ reference, onClose, onChanged }: NoteFormProps & { readonly onClose: () => void }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  // The same when it is sent again: it is one note.
  const [noteId] = useState(shortId);
  const labels = { text: t('notes.text') };
  const { typed, field } = useTyped({ text: '' }, labels, error);
  const write = async (): Promise<void> => {
    requireTyped(typed);
    const params = { eventId: event.id, reference, noteId };
    const path = 'PUT /api/organiser/events/{eventId}/registrations/{reference}/notes/{noteId}';
    const after = await api(path, { params, body: { ...typed } });
    onClose();
    tell(t('notes.written'));
    onChanged(after);
  };
  return (
    <FieldsForm
      send={t('notes.send')}
      busy={busy}
      error={error}
      labels={labels}
      onSend={() => run(write)}
      onCancel={onClose}
    >
      <LongTextField {...field('text')} hint={t('notes.hint')} />
    </FieldsForm>
  );
}

function OneNote({
  note: { id, at, by, text, mayRemove },
  reference,
  onChanged,
}: NoteFormProps & { readonly note: Note }) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const remove = async (): Promise<void> => {
    const params = { eventId: event.id, reference, noteId: id };
    const path = 'DELETE /api/organiser/events/{eventId}/registrations/{reference}/notes/{noteId}';
    const after = await api(path, { params });
    tell(t('notes.removed'));
    onChanged(after);
  };
  return (
    <li>
      <div>
        <p class="told">
          <bdi>{text}</bdi>
        </p>
        <small>{t('notes.by', { who: by ?? t('common.gone'), when: when(event, at) })}</small>
      </div>
      {mayRemove && (
        <Confirmation
          label={t('notes.remove')}
          follows={t('notes.removeFollows')}
          now={t('notes.removeNow')}
          kind="danger"
          busy={busy}
          error={error}
          onPress={() => run(remove)}
        />
      )}
    </li>
  );
}

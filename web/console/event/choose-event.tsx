import { useEffect, useId, useState } from 'preact/hooks';
import { isId } from '../../../shared/kernel/event-id.ts';
import { textMatcher, withoutApostrophes } from '../../../shared/registration/list/search.ts';
import { navigate, pageAddress } from '../addresses.ts';
import type { AnswerOf, Api } from '../kernel/api.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { Form } from '../kernel/form/form.tsx';
import { Button } from '../kernel/parts/buttons.tsx';
import { Plain } from '../kernel/parts/page.tsx';
import { useLoaded } from '../kernel/parts/request.ts';
import { Show } from '../kernel/parts/show.tsx';
import { dayName, when } from '../names.ts';
import { t } from '../words.ts';

/** Events of all zones stand in one list: by no clock but the one that is the same for all. */
const FOR_ALL = { timeZone: 'UTC' };

type OwnEvent = AnswerOf<'GET /api/organiser/events'>['events'][number];

/** As many as are seen at a glance. */
const MOST_WITHOUT_SEARCH = 10;

interface ChooseEventProps {
  readonly api: Api;
  /** As an address names it. */
  readonly eventId: string | null;
  /** Not null where the member came to see all of theirs: one alone is not opened by itself then. With a value where one was deleted. */
  readonly all: string | null;
  readonly onSignedOut: () => void;
  readonly onSignOut: () => Promise<void>;
}

/** The events of the member who is signed in, of which one alone is opened at once; others are opened by who knows their address. */
export function ChooseEvent(props: ChooseEventProps) {
  const { eventId } = props;
  const named = eventId !== null && isId(eventId);
  useEffect(() => {
    if (named) navigate(pageAddress(eventId, ''), { replace: true });
  }, [eventId]);
  if (named) return null;
  return <OwnEvents {...props} />;
}

function OwnEvents({ api, eventId, all, onSignedOut, onSignOut }: ChooseEventProps) {
  const own = useLoaded('', () => api('GET /api/organiser/events', { params: undefined }), onSignedOut);
  const events = own.loaded.state === 'ready' ? own.loaded.value.events : [];
  const [only] = eventId === null && all === null && events.length === 1 ? events : [];
  useEffect(() => {
    if (only) navigate(pageAddress(only.id, ''), { replace: true });
  }, [only?.id]);
  if (only) return null;
  const isOther = events.length > 0 && eventId === null;
  return (
    <Plain title={t(events.length > 0 ? 'choose.yours' : 'choose.title')} onSignOut={onSignOut}>
      {all && <p class="note ok">{t('choose.deleted')}</p>}
      <Show of={own}>{(answer) => <EventList events={answer.events} />}</Show>
      {events.some(({ sets }) => sets.includes('organiser')) && <p class="hint">{t('choose.new')}</p>}
      {isOther ? (
        <details>
          <summary>{t('choose.other')}</summary>
          <ByAddress eventId={eventId} />
        </details>
      ) : (
        own.loaded.state !== 'loading' && <ByAddress eventId={eventId} />
      )}
    </Plain>
  );
}

function EventList({ events }: { readonly events: readonly OwnEvent[] }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  if (events.length === 0) return <p>{t('choose.none')}</p>;
  const isFound = textMatcher(typed);
  const found =
    typed.trim() === '' ? events : events.filter((each) => isFound(withoutApostrophes(`${each.title} ${each.id}`)));
  return (
    <>
      {events.length > MOST_WITHOUT_SEARCH && (
        <search class="field">
          <label for={id}>{t('choose.search')}</label>
          <input
            id={id}
            type="search"
            autoComplete="off"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <p role="status" class="hint">
            {t('choose.found', { found: found.length, all: events.length })}
          </p>
        </search>
      )}
      <ul class="list">
        {found.map((each) => (
          <li key={each.id}>
            <div>
              <a class="beside" href={pageAddress(each.id, '')}>
                {each.title}
              </a>
              <p class="hint">
                {[datesOf(each), each.sets.map((set) => t(`organiserRole.${set}`)).join(', ')]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
              {each.endsAt && <p class="hint">{t('choose.ends', { instant: when(FOR_ALL, each.endsAt) })}</p>}
            </div>
            {each.rehearsal && <span class="tag waits">{t('common.rehearsal')}</span>}
            {each.status !== undefined && each.status !== 'scheduled' && (
              <span class={`tag ${each.status}`}>{t(`eventState.now.${each.status}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Those of an event that is postponed are none that it will be on. */
function datesOf({ firstDay, lastDay, status }: OwnEvent): string {
  if (firstDay === undefined || lastDay === undefined || status === 'postponed') return '';
  return firstDay === lastDay
    ? dayName(firstDay)
    : t('choose.days', { first: dayName(firstDay), last: dayName(lastDay) });
}

function ByAddress({ eventId }: { readonly eventId: string | null }) {
  const [typed, setTyped] = useState(eventId ?? '');
  const [error, setError] = useState(eventId !== null ? t('choose.wrong') : undefined);
  const open = (): void => {
    const id = typed.trim();
    if (isId(id)) navigate(pageAddress(id, ''));
    else setError(t('choose.wrong'));
  };
  return (
    <Form onSend={open}>
      <TextInput
        name="event"
        label={t('choose.label')}
        hint={t('choose.hint')}
        value={typed}
        error={error}
        onChange={setTyped}
      />
      <Button type="submit">{t('choose.button')}</Button>
    </Form>
  );
}

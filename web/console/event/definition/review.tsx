import { eventStateOf, firstTold, hasNews, isAnnounced } from '../../../../shared/announcements/told.ts';
import type { EventDefinition } from '../../../../shared/event/event.ts';
import { definitionAddress, navigate, pageAddress } from '../../addresses.ts';
import { useDesk, useEventRead, useRead } from '../../desk.ts';
import { type AnswerOf, ApiProblem } from '../../kernel/api.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../../kernel/parts/change.ts';
import { FailureNote, Heading } from '../../kernel/parts/page.tsx';
import { Show } from '../../kernel/parts/show.tsx';
import { dayName } from '../../names.ts';
import { t } from '../../words.ts';
import { ChangeList, placeText } from './changes.tsx';
import { asSent, type Definition, unpublished } from './draft.ts';
import { Drafted, type Drafting, noteFound } from './drafted.tsx';
import { parsePlace, partOf } from './parts.ts';

type Checked = AnswerOf<'POST /api/organiser/events/{eventId}/definition/check'>;

/** What is about to be published, what is wrong with it, and the press that publishes it. */
export function Review() {
  return (
    <>
      <Heading>{t('definition.reviewTitle')}</Heading>
      <Drafted>{(drafting) => <OfDraft {...drafting} />}</Drafted>
    </>
  );
}

function OfDraft(drafting: Drafting) {
  const { draft } = drafting;
  const changes = unpublished(draft);
  if (changes.length === 0) return <p class="empty">{t('definition.noChanges')}</p>;
  const sent = asSent(draft.typed);
  return (
    <>
      <ChangeList changes={changes} definitions={[sent, draft.base]} />
      <CheckedDraft {...drafting} sent={sent} />
    </>
  );
}

/** Looked at by the server before anything can be published: what is wrong is said with where it is mended. */
function CheckedDraft({ draft, sent, ...rest }: Drafting & { readonly sent: Definition }) {
  const { api, event } = useDesk();
  const body = { version: draft.version, definition: sent };
  const checked = useRead(`${draft.version}`, async () => {
    try {
      const answer = await api('POST /api/organiser/events/{eventId}/definition/check', {
        params: { eventId: event.id },
        body,
      });
      noteFound(event.id, undefined);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.errors.length === 0) throw error;
      noteFound(event.id, error);
      return error;
    }
  });
  return (
    <Show of={checked}>
      {(answer) =>
        answer instanceof ApiProblem ? (
          <Problems error={answer} definition={sent} />
        ) : (
          <Publish {...rest} draft={draft} sent={sent} checked={answer} />
        )
      }
    </Show>
  );
}

interface ProblemsProps {
  readonly error: ApiProblem;
  readonly definition: Definition;
}

function Problems({ error, definition }: ProblemsProps) {
  const { event } = useDesk();
  return (
    <div class="errors" role="alert">
      <p class="summary">{t('definition.problems')}</p>
      <ul>
        {error.errors.map(({ path, message }) => {
          const part = partOf(parsePlace(path));
          const place = placeText(parsePlace(path), definition);
          const address = part ? definitionAddress(event.id, part) : pageAddress(event.id, 'programme');
          const words = `${place}: ${message}`;
          return <li key={path + message}>{place ? <a href={address}>{words}</a> : message}</li>;
        })}
      </ul>
    </div>
  );
}

interface PublishProps extends Drafting {
  readonly sent: Definition;
  readonly checked: Checked;
}

function Publish({ draft, sent, checked, put, reload }: PublishProps) {
  const { api, event, now, readEvent, tell } = useDesk();
  const { busy, error, change } = useUnlessStale(reload, t('definition.changedMeanwhile'), 'definition-changed');
  const publish = async (): Promise<void> => {
    await api('PUT /api/organiser/events/{eventId}/definition', {
      params: { eventId: event.id },
      body: { version: draft.version, definition: sent },
    });
    put(undefined);
    await readEvent();
    navigate(pageAddress(event.id, 'definition'));
    tell(t('definition.published'));
  };
  const [before, after] = [draft.base, sent] as unknown as [EventDefinition, EventDefinition];
  const mailed = isAnnounced(before, after, new Date(now())) && mailedBy(before, after);
  return (
    <>
      <Notes {...{ checked }} definition={sent} />
      {mailed === 'everyone' && <NewDates {...(sent as unknown as EventDefinition)} />}
      {mailed === 'concerned' && <p class="note warn">{t('definition.newsMailed')}</p>}
      <FailureNote error={error} />
      <p class="buttons">
        <Button busy={busy} onPress={() => change(publish)}>
          {t(mailed === 'everyone' ? 'definition.publishAndTell' : 'definition.publish')}
        </Button>
      </p>
    </>
  );
}

/** Whom mail tells of it: everyone at once where the dates are others, else those whom a change of place, hours or sessions concerns. */
function mailedBy(before: EventDefinition, after: EventDefinition): 'everyone' | 'concerned' | undefined {
  if (eventStateOf(before).dates.join() !== eventStateOf(after).dates.join()) return 'everyone';
  return hasNews(firstTold(before, ''), after) ? 'concerned' : undefined;
}

/** How many mails tell everyone of the dates: none can be called back. */
function NewDates({ days }: Pick<EventDefinition, 'days'>) {
  const state = useEventRead('GET /api/organiser/events/{eventId}/status');
  return (
    <Show of={state}>
      {({ recipients }) => (
        <div class="note warn">
          <p>{t('eventState.dates.resulting', { dates: days.map(({ date }) => dayName(date)).join('; ') })}</p>
          <p>
            {t('eventState.dates.follows')} {t('eventState.mailed', { people: recipients })}
          </p>
        </div>
      )}
    </Show>
  );
}

/** What is hardly meant, and what attendees chose that nobody can choose any more. */
function Notes({
  checked: { warnings, noLongerOffered },
  definition,
}: Pick<PublishProps, 'checked'> & { readonly definition: Definition }) {
  if (warnings.length + noLongerOffered.length === 0) return null;
  return (
    <div class="note warn">
      <ul>
        {warnings.map(({ path, message }) => (
          <li key={path + message}>
            {placeText(parsePlace(path), definition)}: {message}
          </li>
        ))}
        {noLongerOffered.map(({ part, id, name, shown }) => (
          <li key={`${part}.${id}`}>{t('definition.noLongerOffered', { name, shown })}</li>
        ))}
      </ul>
    </div>
  );
}

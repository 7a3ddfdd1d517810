import { useState } from 'preact/hooks';
import { useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { answerIn } from '../kernel/parts/answer-text.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { useUnlessStale } from '../kernel/parts/change.ts';
import { FailureNote, Heading } from '../kernel/parts/page.tsx';
import { ReadAgain, Show } from '../kernel/parts/show.tsx';
import { titleIn, when } from '../names.ts';
import { t } from '../words.ts';

/** What is arranged for one person at a time: what is left to do first. Whatever is ticked stays where it is until the list is read again. */
export function Arrange() {
  const [replaced, setReplaced] = useState<readonly Need[]>([]);
  const list = useEventRead('GET /api/organiser/events/{eventId}/care/needs');
  return (
    <>
      <Heading>{t('arrange.title')}</Heading>
      <p>{t('arrange.explain')}</p>
      <p>{t('arrange.recorded')}</p>
      <Show of={list}>
        {({ needs, hidden }) => (
          <>
            <div class="above">
              <p>
                {needs.length > 0 &&
                  t('arrange.left', { open: needs.filter(({ arranged }) => !arranged).length, all: needs.length })}
              </p>
              <ReadAgain label={t('arrange.again')} reload={list.reload} told={t('arrange.readAgain')} />
            </div>
            {hidden > 0 && <p class="note">{t('arrange.hidden', { howMany: hidden })}</p>}
            {needs.length === 0 && hidden === 0 && <p class="empty">{t('arrange.none')}</p>}
            {needs.length > 0 && (
              <ul class="list">
                {needs.map((need) => (
                  <NeedItem
                    key={need.reference}
                    need={need}
                    before={replaced.find(({ reference }) => reference === need.reference)}
                    onChanged={({ arranged }) =>
                      list.show({
                        hidden,
                        needs: needs.map((each) => (each.reference === need.reference ? { ...each, arranged } : each)),
                      })
                    }
                    onStale={async () => {
                      setReplaced([need, ...replaced]);
                      await list.reload();
                    }}
                  />
                ))}
              </ul>
            )}
          </>
        )}
      </Show>
    </>
  );
}

type Need = AnswerOf<'GET /api/organiser/events/{eventId}/care/needs'>['needs'][number];
type Arranged = AnswerOf<'POST /api/organiser/events/{eventId}/care/needs/{reference}/arranged'>;

interface NeedItemProps {
  readonly need: Need;
  /** What was looked at when someone wanted to tick it, and was replaced meanwhile. */
  readonly before: Need | undefined;
  readonly onChanged: (after: Arranged) => void;
  readonly onStale: () => Promise<void>;
}

/** One person and what they need; a tick is for exactly the text that is shown. */
function NeedItem({ need, before, onChanged, onStale }: NeedItemProps) {
  const { event } = useDesk();
  const { fullName, mode, days, ageBand, answers, sentAt, arranged } = need;
  const isReplaced = before !== undefined && before.edition !== need.edition && arranged === undefined;
  const there = days.map((id) => titleIn(event.days, id)).join(', ');
  return (
    <li>
      <div>
        <b>{fullName}</b> {ageBand === 'minor' && <span class="tag minor">{t('common.minor')}</span>}
        <small>{[t(`mode.${mode}`), there].filter(Boolean).join(', ')}</small>
        <Answers of={answers} />
        <small>{t('arrange.sent', { instant: when(event, sentAt) })}</small>
        {isReplaced && (
          <div class="note warn">
            {t('arrange.before')}
            <Answers of={before.answers} />
          </div>
        )}
      </div>
      <Tick need={need} onChanged={onChanged} onStale={onStale} />
    </li>
  );
}

function Tick({ need, onChanged, onStale }: Pick<NeedItemProps, 'need' | 'onChanged' | 'onStale'>) {
  const { api, event, tell } = useDesk();
  const { reference, edition, fullName, arranged } = need;
  const { busy, error, change } = useUnlessStale(onStale, t('arrange.changedMeanwhile', { name: fullName }));
  const press = async (): Promise<void> => {
    const after = await api('POST /api/organiser/events/{eventId}/care/needs/{reference}/arranged', {
      params: { eventId: event.id, reference },
      body: { arranged: !arranged, edition },
    });
    tell(after.arranged ? t('arrange.ticked', { name: fullName }) : t('arrange.unticked', { name: fullName }));
    onChanged(after);
  };
  return (
    <div class="tick">
      {arranged && (
        <p>
          <span class="tag confirmed">{t('arrange.arranged')}</span>
          <small>
            {t('arrange.by', { who: arranged.by ?? t('arrange.former'), instant: when(event, arranged.at) })}
          </small>
        </p>
      )}
      <Button
        kind={arranged ? 'second' : undefined}
        busy={busy}
        label={arranged ? t('arrange.untickOf', { name: fullName }) : t('arrange.tickOf', { name: fullName })}
        onPress={() => change(press)}
      >
        {arranged ? t('arrange.untick') : t('arrange.tick')}
      </Button>
      <FailureNote error={error} />
    </div>
  );
}

/** In the order of the event's questions; of one that is gone from them, the answer as it is kept. */
function Answers({ of: answers }: { readonly of: Need['answers'] }) {
  const { event } = useDesk();
  const { questions } = event;
  const gone = Object.keys(answers).filter((id) => !questions.some((question) => question.id === id));
  const lines = [
    ...questions.map((question) => [question.title, answerIn(event, question, answers[question.id])] as const),
    ...gone.map((id) => [id, [answers[id]].flat().join(', ')] as const),
  ];
  return (
    <dl class="needs">
      {lines
        .filter(([, text]) => text !== '')
        .map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

import type { ComponentChildren } from 'preact';
import type { OrganiserRegistration } from '../../../shared/registration/list/registrations.schema.ts';
import { type PublicEvent, useDesk, useRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { answerIn } from '../kernel/parts/answer-text.ts';
import { modeText } from '../kernel/parts/registration-table.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { categoryName, countryText, languageText, titleIn, when } from '../names.ts';
import { t, wordFor } from '../words.ts';

type Change = AnswerOf<'GET /api/organiser/events/{eventId}/registrations/{reference}/history'>['changes'][number];
type Value = Change['was'][string];

/** What is called otherwise than by `fact.` and its name. */
const LABELS: Readonly<Record<string, () => string>> = {
  status: () => t('row.status'),
  decisionNote: () => t('fact.note'),
};

/** What an attribute, an answer or a consent is called. */
function labelOf(event: PublicEvent, name: string): string {
  const [group, id] = partsOf(name);
  if (group === 'answers') return titleIn(event.questions, id);
  if (group === 'consents') return t('timeline.consent', { title: titleIn(event.consents, id) });
  return LABELS[name]?.() ?? wordFor('fact', name) ?? name;
}

/** `answers.size` as its two parts; of any other name the name alone. */
function partsOf(name: string): readonly [group: string, id: string] {
  const at = name.indexOf('.');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
}

const TEXTS: Readonly<Record<string, (event: PublicEvent, value: string) => string>> = {
  status: (_, value) => wordFor('status', value) ?? value,
  mode: (_, value) => modeText({ mode: value === 'online' ? 'online' : 'in-person' }),
  role: (_, value) => wordFor('role', value) ?? value,
  country: countryText,
  category: categoryName,
  language: (_, value) => languageText(value),
  days: (event, value) => titleIn(event.days, value),
  sessions: (event, value) => titleIn(event.sessions, value),
};

/** A value as people read it. */
function textOf(event: PublicEvent, name: string, value: Value | undefined): string {
  const [group, id] = partsOf(name);
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
    return group === 'consents' ? t('common.no') : t('timeline.nothing');
  }
  if (group === 'consents') return t('common.yes');
  const question = group === 'answers' ? event.questions.find((each) => each.id === id) : undefined;
  if (question !== undefined) return answerIn(event, question, value);
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  return [value]
    .flat()
    .map((each) => TEXTS[name]?.(event, String(each)) ?? String(each))
    .join(', ');
}

/** What it says today; nothing of what is not there. */
function nowOf(one: OrganiserRegistration, name: string): Value | undefined {
  const [group, id] = partsOf(name);
  if (group === 'answers') return one.answers[id];
  if (group === 'consents') return one.consents[id];
  return (one as unknown as Readonly<Record<string, Value | undefined>>)[name];
}

function whoOf({ by, member }: Change): string {
  if (by !== 'member') return t(`timeline.by.${by}`);
  return member ?? t('timeline.by.gone');
}

interface TimelineProps {
  readonly one: OrganiserRegistration;
}

/** Who changed what of an adult's registration, and from what, the newest first. Nothing tells of mail or pages that were opened. */
export function Timeline({ one }: TimelineProps) {
  const { api, event } = useDesk();
  const { reference, revision, submittedAt } = one;
  const params = { eventId: event.id, reference };
  const read = useRead(`history ${reference} ${revision}`, () =>
    api('GET /api/organiser/events/{eventId}/registrations/{reference}/history', { params }),
  );
  return (
    <section class="screen" aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.title')}</h2>
      <p>{t('timeline.explain')}</p>
      <Show of={read}>
        {({ changes }) => (
          <ol class="list" aria-labelledby="timeline">
            {changes.map((change, nth) => (
              <Entry key={`${change.at} ${nth}`} at={change.at} who={whoOf(change)}>
                {change.anew && <p>{t('timeline.anew')}</p>}
                {Object.entries(change.was).map(([name, was]) => (
                  <p key={name}>
                    <bdi>
                      {t('timeline.change', {
                        what: labelOf(event, name),
                        before: textOf(event, name, was),
                        after: textOf(event, name, after(one, changes.slice(0, nth), name)),
                      })}
                    </bdi>
                  </p>
                ))}
                {change.renewed?.map((each) => (
                  <p key={each}>{t(`timeline.renewed.${each}`)}</p>
                ))}
              </Entry>
            ))}
            <Entry at={submittedAt}>
              <p>{t('row.submittedAt')}</p>
            </Entry>
          </ol>
        )}
      </Show>
    </section>
  );
}

/** What a change made of it: what the next one after it found, or what it is today. @param since changes after it, the newest first */
function after(one: OrganiserRegistration, since: readonly Change[], name: string): Value | undefined {
  const next = since.toReversed().find(({ was }) => Object.hasOwn(was, name));
  return next === undefined ? nowOf(one, name) : next.was[name];
}

interface EntryProps {
  readonly at: string;
  readonly who?: string;
  readonly children: ComponentChildren;
}

function Entry({ at, who, children }: EntryProps) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        <b>{when(event, at)}</b>
        {who && (
          <small>
            <bdi>{who}</bdi>
          </small>
        )}
      </div>
      <div>{children}</div>
    </li>
  );
}

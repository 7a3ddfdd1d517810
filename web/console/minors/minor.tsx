import { useDesk } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { useChange } from '../kernel/parts/change.ts';
import { languageText } from '../names.ts';
import { t } from '../words.ts';

export type MinorList = AnswerOf<'GET /api/organiser/events/{eventId}/minors'>;
export type MinorRow = MinorList['minors'][number];
export type ChaperoneRow = MinorList['chaperones'][number];

/** What waits for those who look after children comes first, then what waits for a guardian or a young person. */
const ORDER: readonly MinorRow['step'][] = [
  'paper-recorded',
  'paper-awaited',
  'unproven',
  'asked',
  'agreed',
  'complete',
];

export function byStep(minors: readonly MinorRow[]): readonly MinorRow[] {
  const leaving = minors.filter(({ handoverWaiting }) => handoverWaiting);
  const others = minors.filter(({ handoverWaiting }) => !handoverWaiting);
  return [...leaving, ...ORDER.flatMap((step) => others.filter((each) => each.step === step))];
}

/** Whom a young person's registration waits for; once it is complete, what it is like anyone's. */
export const MinorState = ({
  of,
}: {
  readonly of: Pick<MinorRow, 'step' | 'status' | 'guardianUnreachable' | 'handoverWaiting'>;
}) => (
  <>
    <span class={`tag ${of.status}`}>{stateText(of)}</span>
    {of.guardianUnreachable && <span class="tag unreachable">{t('minors.children.unreachable')}</span>}
    {of.handoverWaiting && <span class="tag pending-guardian">{t('minors.children.leaving')}</span>}
  </>
);

export const stateText = ({ step, status }: Pick<MinorRow, 'step' | 'status'>): string =>
  step === 'complete' ? t(`status.${status}`) : t(`minors.children.step.${step}`);

/** The page that guardians without email sign, in each language of the event; it opens beside the console, to be printed. */
export function BlankForm({ label }: { readonly label: string }) {
  const { event } = useDesk();
  return (
    <p class="screen">
      {label}{' '}
      {event.languages.map((tag) => (
        <a key={tag} class="beside" href={`/e/${event.id}/consent-form?lang=${tag}`} target="_blank" rel="noopener">
          {languageText(tag)}
        </a>
      ))}
    </p>
  );
}

export type Minor = AnswerOf<'GET /api/organiser/events/{eventId}/minors/{reference}'>;

/** What each part of the screen does with the young person that it shows. */
export interface ChildProps {
  readonly child: Minor;
  /** Shows them as a change left them. */
  readonly onChanged: (child: Minor) => void;
  /** Reads them again, after a change whose answer does not show them. */
  readonly reload: () => Promise<void>;
  /** Reads them again and says what changed: someone else was faster. */
  readonly onStale: () => Promise<void>;
}

/** When something was done, and by whom where that is known. */
export const bySomeone = (at: string, name: string | undefined): string =>
  name === undefined ? at : t('minors.child.by', { at, name });

/** A change of the young person who is shown, as they were looked at; where something changed meanwhile, nothing is done. */
export const useChildChange = (props: Pick<ChildProps, 'onChanged' | 'onStale'>) =>
  useChange<Minor>(props, t('minors.child.changedMeanwhile'));

import { useState } from 'preact/hooks';
import {
  LONGEST_VIEW_NAME,
  MOST_VIEWS,
  type ViewShows,
  viewFields,
  withinView,
} from '../../../shared/registration/views/views.ts';
import { pageAddress } from '../addresses.ts';
import { useAct, useDesk, useEventRead } from '../desk.ts';
import type { AnswerOf } from '../kernel/api.ts';
import { TextInput } from '../kernel/form/field.tsx';
import { FieldsForm } from '../kernel/form/form.tsx';
import { requireTyped, useTyped } from '../kernel/form/typed.tsx';
import { Confirmation, Disclosure } from '../kernel/parts/buttons.tsx';
import { Show } from '../kernel/parts/show.tsx';
import { t } from '../words.ts';
import { type ListState, queryOf, USUAL_ORDER } from './filter.ts';
import { shortId, useKnownTags } from './known-tags.ts';

const LIST = 'GET /api/organiser/events/{eventId}/views';
type ViewList = AnswerOf<typeof LIST>;
type View = ViewList['views'][number];

const stateOf = ({ shown: { filters, sort = USUAL_ORDER, columns } }: Pick<View, 'shown'>): ListState => ({
  ...{ q: '', filters, sort, columns, page: 1 },
});
const nameOfState = (state: ListState): string => JSON.stringify(queryOf({ ...state, page: 1 }));

/** What of the list is saved: neither what was searched for nor what was typed freely, which may name people. */
function useSaved({ q, filters, sort, columns }: ListState) {
  const { event, grants } = useDesk();
  const tags = useKnownTags() ?? [];
  const fields = viewFields(
    event,
    grants,
    tags.map(({ id }) => id),
  );
  const { shown, leftOut } = withinView({ filters, ...(sort !== USUAL_ORDER && { sort }), columns }, fields);
  return { shown, isPartial: q !== '' || leftOut > 0 };
}

/** The views that the team saved, each opened by a press, and a form that saves one more. */
export function SavedViews({ state }: { readonly state: ListState }) {
  const views = useEventRead(LIST);
  const { loaded, show } = views;
  const saved = useSaved(state);
  const all = loaded.state === 'ready' ? loaded.value.views : [];
  const open = all.find((view) => nameOfState(stateOf(view)) === nameOfState(state));
  return (
    <>
      <Disclosure label={t('views.title')}>
        {() => (
          <Show of={views}>
            {() =>
              all.length === 0 ? (
                <p class="empty">{t('views.none')}</p>
              ) : (
                <ul class="list">
                  {all.map((view) => (
                    <OneView key={view.id} {...{ view, saved }} isOpen={view === open} onChanged={show} />
                  ))}
                </ul>
              )
            }
          </Show>
        )}
      </Disclosure>
      <Disclosure label={t('views.save')}>
        {(close) =>
          all.length < MOST_VIEWS ? (
            <NewView saved={saved} onClose={close} onChanged={show} />
          ) : (
            <p class="note">{t('views.most', { most: MOST_VIEWS })}</p>
          )
        }
      </Disclosure>
      <p class="opened-view">
        {open && t('views.open', { name: open.name })} {open && leftOutOf(open)}
      </p>
    </>
  );
}

const leftOutOf = ({ leftOut }: View): string => (leftOut === 0 ? '' : t('views.leftOut', { count: leftOut }));

interface Changing {
  readonly saved: ReturnType<typeof useSaved>;
  readonly onChanged: (views: ViewList) => void;
}

/** Sends what of a view is to be another: what is not sent stays. */
function useWriting({ onChanged }: Pick<Changing, 'onChanged'>) {
  const { api, event, tell } = useDesk();
  const { busy, error, run } = useAct();
  const write =
    (viewId: string, body: { name?: string; shown?: ViewShows }, words: string) => async (): Promise<void> => {
      const { filters, sort, columns } = body.shown ?? {};
      const after = await api('PUT /api/organiser/events/{eventId}/views/{viewId}', {
        params: { eventId: event.id, viewId },
        body: {
          ...(body.name !== undefined && { name: body.name }),
          ...(filters &&
            columns && { shown: { filters: filters.map(copied), ...(sort && { sort }), columns: [...columns] } }),
        },
      });
      tell(words);
      onChanged(after);
    };
  const remove = (view: View) => async (): Promise<void> => {
    const params = { eventId: event.id, viewId: view.id };
    const after = await api('DELETE /api/organiser/events/{eventId}/views/{viewId}', { params });
    tell(t('views.removed', { name: view.name }));
    onChanged(after);
  };
  return { busy, error, run, write, remove };
}

const copied = ({ values, ...filter }: ViewShows['filters'][number]) => ({ ...filter, values: [...values] });

function NewView({ saved: { shown, isPartial }, onClose, onChanged }: Changing & { readonly onClose: () => void }) {
  const { busy, error, run, write } = useWriting({ onChanged });
  const [id] = useState(shortId);
  const labels = { name: t('views.name') };
  const { typed, field } = useTyped({ name: '' }, labels, error);
  const save = async (): Promise<void> => {
    requireTyped(typed);
    await write(id, { ...typed, shown }, t('views.saved', { name: typed.name.trim() }))();
    onClose();
  };
  return (
    <FieldsForm send={t('views.write')} {...{ busy, error, labels }} onSend={() => run(save)} onCancel={onClose}>
      <p>{t('views.explain')}</p>
      {isPartial && <p class="note warn">{t('views.withoutWords')}</p>}
      <TextInput {...field('name')} hint={t('views.nameHint')} maxLength={LONGEST_VIEW_NAME * 4} />
    </FieldsForm>
  );
}

interface OneViewProps extends Changing {
  readonly view: View;
  /** Whether it is what the list shows. */
  readonly isOpen: boolean;
}

function OneView({ view, isOpen, ...changing }: OneViewProps) {
  const { event } = useDesk();
  return (
    <li>
      <div>
        <a
          href={pageAddress(event.id, 'registrations', queryOf(stateOf(view)))}
          {...(isOpen && { 'aria-current': 'true' as const })}
        >
          {view.name}
        </a>{' '}
        <small>{leftOutOf(view)}</small>
      </div>
      {view.mayChange && (
        <Disclosure label={t('views.change')} about={view.name}>
          {(close) => <ChangeView view={view} onClose={close} {...changing} />}
        </Disclosure>
      )}
    </li>
  );
}

interface ChangeViewProps extends Changing {
  readonly view: View;
  readonly onClose: () => void;
}

function ChangeView({ view, saved: { shown, isPartial }, onClose, onChanged }: ChangeViewProps) {
  const { busy, error, run, write, remove } = useWriting({ onChanged });
  const labels = { name: t('views.name') };
  const { typed, field } = useTyped({ name: view.name }, labels, error);
  const { name } = view;
  const id = `name-${view.id}`;
  const rename = async (): Promise<void> => {
    requireTyped(typed);
    await write(view.id, typed, t('views.saved', { name: typed.name.trim() }))();
    onClose();
  };
  const overwrite = async (): Promise<void> => {
    await write(view.id, { shown }, t('views.saved', { name }))();
    onClose();
  };
  return (
    <>
      <FieldsForm
        send={t('views.rename')}
        {...{ busy, error, labels }}
        idOf={() => id}
        onSend={() => run(rename)}
        onCancel={onClose}
      >
        <TextInput {...field('name')} name={id} hint={t('views.nameHint')} maxLength={LONGEST_VIEW_NAME * 4} />
      </FieldsForm>
      <Confirmation
        label={t('views.overwrite', { name })}
        follows={[t('views.overwriteFollows'), isPartial ? t('views.withoutWords') : ''].join(' ')}
        now={t('views.overwriteNow')}
        {...{ busy, error }}
        onPress={() => run(overwrite)}
      />
      <Confirmation
        label={t('views.remove', { name })}
        follows={t('views.removeFollows')}
        now={t('views.removeNow')}
        kind="danger"
        {...{ busy, error }}
        onPress={() => run(remove(view))}
      />
    </>
  );
}

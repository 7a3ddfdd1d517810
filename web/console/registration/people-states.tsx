import { pageAddress } from '../addresses.ts';
import { useDesk, useHas, useSeesMinors } from '../desk.ts';
import { Button } from '../kernel/parts/buttons.tsx';
import { FailureNote } from '../kernel/parts/page.tsx';
import { t } from '../words.ts';
import type { People } from './people.ts';

/** Lines where people will be. */
export const PeopleLoading = ({ isOld }: Pick<People, 'isOld'>) => (
  <div class="skeleton" role="status">
    {isOld ? <p class="note warn">{t('registrations.old')}</p> : <span class="unseen">{t('common.loading')}</span>}
    <i />
    <i />
    <i />
  </div>
);

/** Where nobody is in memory any more, and why. */
export function Gone({ people: { state, refusal } }: { readonly people: People }) {
  const { people } = useDesk();
  return (
    <>
      {state === 'refused' ? <FailureNote error={refusal} /> : <p class="note warn">{t('registrations.emptied')}</p>}
      <Button onPress={people.begin}>{t('registrations.loadAgain')}</Button>
    </>
  );
}

/** Nobody under 18 is in the list, for anyone: who may see them opens them one by one, which is noted. */
export function Minors() {
  const { event } = useDesk();
  const seesMinors = useSeesMinors();
  if (event.minors === undefined) return null;
  return (
    <p>
      {t('registrations.withoutMinors')}{' '}
      {seesMinors && <a href={pageAddress(event.id, 'children')}>{t('registrations.openMinors')}</a>}
    </p>
  );
}

/** The way to register someone who telephones. */
export const ByPhone = () => {
  const { event } = useDesk();
  return useHas('change-people') ? (
    <p class="screen">
      <a href={pageAddress(event.id, 'on-behalf')}>{t('page.on-behalf')}</a>
    </p>
  ) : null;
};

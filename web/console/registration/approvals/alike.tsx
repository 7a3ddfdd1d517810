import { navigate, pageAddress, registrationAddress } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Button } from '../../kernel/parts/buttons.tsx';
import { Reference } from '../../kernel/parts/facts.tsx';
import { Status } from '../../kernel/parts/registration-table.tsx';
import { t } from '../../words.ts';
import type { KnownPerson } from '../people.ts';
import { alikeApplicants, applicantsFor, type Likenesses } from './queue.ts';

interface AlikeProps {
  readonly person: KnownPerson;
  readonly among: Likenesses;
}

/** People of one name who are shown: more of them are in the list. */
const MOST_NAMED = 5;

/** How many more there are of an applicant's organisation, and where they stand; and who may be the same person. */
export function AlikeApplicants({ person, among }: AlikeProps) {
  const { event, people, grants } = useDesk();
  const { ofOrganisation, ofName } = alikeApplicants(person, among);
  const numberOf = (...statuses: readonly KnownPerson['status'][]): number =>
    ofOrganisation.filter(({ status }) => statuses.includes(status)).length;
  const waiting = applicantsFor([person, ...ofOrganisation], grants);
  const parts = [
    [numberOf('confirmed', 'waitlisted'), 'approved'],
    [numberOf('pending-approval'), 'waiting'],
    [numberOf('declined'), 'declined'],
    [numberOf('cancelled', 'expired'), 'ended'],
  ] as const;
  const said = parts.flatMap(([count, what]) => (count > 0 ? [t(`approvals.more.${what}`, { count })] : []));
  const decideTogether = (): void => {
    people.clearChoice();
    people.choose(waiting, true);
    navigate(pageAddress(event.id, 'bulk'));
  };
  const list = pageAddress(event.id, 'registrations', { organisation: person.organisation });
  return (
    <div class="alike">
      {ofName.length > 0 && (
        <div class="note warn">
          <p>{t('approvals.sameName', { count: ofName.length })}</p>
          <ul class="list">
            {ofName.slice(0, MOST_NAMED).map((each) => (
              <li key={each.reference}>
                <a href={registrationAddress(event.id, each.reference)}>{each.fullName}</a>{' '}
                <Reference of={each.reference} /> <bdi>{each.organisation}</bdi> <Status of={each} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {ofOrganisation.length > 0 && (
        <>
          <p>
            {t('approvals.more', { count: ofOrganisation.length, organisation: person.organisation })} {said.join(', ')}{' '}
            <a href={list}>{t('approvals.moreInList')}</a>
          </p>
          {waiting.length > 1 && (
            <Button kind="second" onPress={decideTogether}>
              {t('approvals.together', { count: waiting.length })}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

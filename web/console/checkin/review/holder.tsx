import { registrationPage } from '../../addresses.ts';
import { useDesk } from '../../desk.ts';
import { Reference } from '../../kernel/parts/reference.tsx';
import { t } from '../../words.ts';
import type { Conflict } from './answers.ts';

type Whose = Pick<Conflict, 'name' | 'reference' | 'isGone'>;

/** Whose ticket was scanned, as far as it is known and may be said. */
export function holderText({ name, reference, isGone }: Whose): string {
  if (name !== undefined) return name;
  if (isGone) return t('doors.toSee.gone');
  return reference === undefined ? t('doors.toSee.nobody') : t('doors.toSee.unnamed');
}

/** The way to their registration; nothing where nobody has the ticket. */
export function Holder({ of: { name, reference, isGone } }: { readonly of: Whose }) {
  const { event } = useDesk();
  if (reference === undefined || isGone) return null;
  return (
    <small>
      {name === undefined ? (
        <Reference of={reference} />
      ) : (
        <a href={registrationPage(event.id, reference)}>
          <Reference of={reference} />
        </a>
      )}
    </small>
  );
}

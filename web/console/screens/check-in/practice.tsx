import { PRACTICE_CODE } from '../../../../shared/domain/check-in/practice.ts';
import { Qr } from '../../parts/qr.tsx';
import { words } from '../../words.ts';

/** A code with which staff try their phones before doors open. */
export const Practice = () => (
  <details>
    <summary>{words.phones.practice}</summary>
    <p>{words.phones.practiceExplain}</p>
    <Qr text={PRACTICE_CODE} label={words.phones.practice} />
  </details>
);

import { PRACTICE_CODE } from '../../../../shared/checkin/practice.ts';
import { Qr } from '../../kernel/parts/qr.tsx';
import { doors } from '../lists/doors.ts';

/** A code with which staff try their phones before doors open. */
export const Practice = () => (
  <details>
    <summary>{doors.phones.practice}</summary>
    <p>{doors.phones.practiceExplain}</p>
    <Qr text={PRACTICE_CODE} label={doors.phones.practice} />
  </details>
);

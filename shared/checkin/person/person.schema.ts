import * as z from 'zod';
import {
  organiserRegistration,
  registrationHistory,
  registrationMail,
} from '../../registration/list/registrations.schema.ts';
import { noteList } from '../../registration/notes/notes.schema.ts';
import { greetedOne } from '../greet/greet.schema.ts';
import { attendanceOfOne } from '../review/people.schema.ts';

/** All that a page of one person shows at once. Of someone under 18 the registration alone: each further look at them is noted by itself. */
export const pageOfOne = z.lazy(() =>
  z.strictObject({
    registration: organiserRegistration,
    /** This and what follows of an adult. */
    history: registrationHistory.optional(),
    mail: registrationMail.optional(),
    attendance: attendanceOfOne.optional(),
    /** For those who may change the registration. */
    notes: noteList.optional(),
    /** For those who greet. */
    greeting: greetedOne.optional(),
  }),
);

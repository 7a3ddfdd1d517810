import { describe, expect, it } from 'vitest';
import { holderView } from '../../shared/registration/link/registration-view.case.ts';
import { fromRegistrationItem } from '../../shared/registration/registration.store.ts';
import { registrationView } from '../../shared/registration/self-service.schema.ts';
import { CORPUS, itemOf, linesIn } from '../items/corpus.ts';
import { kindsOf } from '../items/kinds.ts';
import { forum } from '../support/site-pages.ts';

/** Every way in which a registration was ever written. */
const registrations = linesIn(CORPUS)
  .filter((written) => kindsOf(written.table, itemOf(written)).includes('registration'))
  .map((written) => fromRegistrationItem(itemOf(written)));

describe('what holders see of their registration', () => {
  it('is there to be shown', () => expect(registrations.length).toBeGreaterThan(50));

  it.each(registrations)('is what the contract says: $status, revision $revision of $reference', (registration) => {
    const event = forum('en');
    // An attribute that the view neither shows nor leaves out would be a 500 in place of an attendee's own data.
    expect(() => registrationView.parse(holderView(registration, event, 'token', undefined, 'en'))).not.toThrow();
  });
});

import { useDesk } from '../desk.ts';
import { t } from '../words.ts';
import type { OrganiserRegistration } from './one.ts';

interface Decision {
  readonly decision: 'approve' | 'decline';
  readonly note?: string;
}

/** Decides on what is shown: whoever changed it meanwhile is not overruled. */
export function useDecision({ reference, revision }: OrganiserRegistration) {
  const { api, event } = useDesk();
  return (decision: Decision): Promise<OrganiserRegistration> =>
    api('POST /api/organiser/events/{eventId}/registrations/{reference}/decision', {
      params: { eventId: event.id, reference },
      body: { ...decision, revision },
    });
}

/** What a decision has led to. */
export const outcome = ({ status, fullName }: OrganiserRegistration): string => {
  if (status === 'declined') return t('decide.declined', { name: fullName });
  return status === 'waitlisted'
    ? t('decide.waitlisted', { name: fullName })
    : t('decide.approved', { name: fullName });
};

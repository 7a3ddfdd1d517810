import { people } from './count.ts';

/** The list of registrations. */
export const registrations = {
  title: 'Registrations',
  search: 'Name, organisation, e-mail or reference',
  find: 'Search',
  anyStatus: 'Any status',
  overdue: 'Decision overdue',
  unreached: 'Could not be reached',
  anyCategory: 'Any group',
  anyMode: 'Either way',
  anyCountry: 'Any country',
  found: (count: number) => `${people(count)} found`,
  none: 'Nobody has registered yet. New registrations appear here at once.',
  noneOfYours: 'Nobody of your countries or organisations has registered yet.',
  noMatch: 'Nobody matches. Try fewer words, or choose less.',
  paging: 'Pages of results',
  first: 'First page',
  next: 'Next page',
  export: 'Export all of them as CSV',
  print: 'Print this page',
  exported: 'The file is being saved. It holds nobody under 18 and no care needs. This export is recorded.',
};

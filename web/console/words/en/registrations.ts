import { people } from './count.ts';

/** The list of registrations. */
export const registrations = {
  title: 'Registrations',
  search: 'Name, organisation, e-mail or reference',
  find: 'Search',
  anyStatus: 'Any status',
  overdue: 'Overdue for approval',
  anyCategory: 'Any group',
  found: (count: number) => `${people(count)} found`,
  none: 'Nobody has registered yet.',
  noMatch: 'Nobody matches. Try fewer words, or any status and group.',
  paging: 'Pages of results',
  first: 'First page',
  next: 'Next page',
  export: 'Export as CSV',
  exportAll: 'Export as CSV (without the words searched for)',
  exported: 'The file is being saved. It holds nobody under 18 and no care needs. This export is recorded.',
};

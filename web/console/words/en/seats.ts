/** How full each quota is. */
export const seats = {
  quota: 'Quota',
  taken: 'Taken',
  capacity: 'Seats',
  waiting: 'Waiting',
  per: { organisation: 'For each organisation', country: 'For each country' },
  none: 'This event has no quotas: everyone gets a seat.',
  overfull: 'More are taken than there are. They stay taken; no more are given.',
  groups: (count: number) => `${count} with seats`,
  group: (name: string, taken: number, capacity: number, waiting: number) =>
    `${name}: ${taken} of ${capacity}${waiting > 0 ? `, ${waiting} waiting` : ''}`,
};

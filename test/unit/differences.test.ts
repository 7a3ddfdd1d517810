import { describe, expect, it } from 'vitest';
import { differences } from '../../shared/event/definition/differences.ts';

const EVENT = {
  version: 3,
  title: { en: 'Forum', km: 'វេទិកា' },
  languages: ['en', 'km'],
  quotas: [
    { id: 'room', capacity: 120 },
    { id: 'media', capacity: 10 },
  ],
  countries: { added: [{ code: 'XA', title: { en: 'Rivers' } }] },
};
const [room, media] = EVENT.quotas;

describe('in what two definitions differ', () => {
  it('is nothing where they say the same, whatever their version and the order of fields', () => {
    const { title, ...rest } = EVENT;
    expect(differences(EVENT, { ...rest, title: { km: title.km, en: title.en }, version: 9 })).toEqual([]);
  });

  it('is named by ids and codes, with both values, or the one that there is', () => {
    const after = {
      ...EVENT,
      title: { en: 'Meeting', km: 'វេទិកា' },
      languages: ['km', 'en'],
      quotas: [{ id: 'room', capacity: 100, per: 'country' }],
      countries: { added: [{ code: 'XA', title: { en: 'Streams' } }] },
      approval: { expectedDays: 3 },
    };
    expect(differences(EVENT, after)).toEqual([
      { path: ['title', 'en'], before: 'Forum', after: 'Meeting' },
      { path: ['languages'], before: ['en', 'km'], after: ['km', 'en'] },
      { path: ['quotas', 'room', 'capacity'], before: 120, after: 100 },
      { path: ['quotas', 'room', 'per'], after: 'country' },
      { path: ['quotas', 'media'], before: media },
      { path: ['countries', 'added', 'XA', 'title', 'en'], before: 'Rivers', after: 'Streams' },
      { path: ['approval'], after: { expectedDays: 3 } },
    ]);
  });

  it('tells another order of what stays, also beside other changes, and none of what is added or taken away', () => {
    const [first, ...others] = [{ id: 'vip', capacity: 5 }, room, media];
    expect(differences(EVENT, { ...EVENT, quotas: [first, ...others] })).toEqual([
      { path: ['quotas', 'vip'], after: first },
    ]);
    expect(differences(EVENT, { ...EVENT, quotas: [media, { ...room, capacity: 100 }] })).toEqual([
      { path: ['quotas', 'room', 'capacity'], before: 120, after: 100 },
      { path: ['quotas'], moved: true },
    ]);
  });

  it('is the whole list where an id stands in it twice', () => {
    const quotas = [room, room];
    expect(differences(EVENT, { ...EVENT, quotas })).toEqual([
      { path: ['quotas'], before: EVENT.quotas, after: quotas },
    ]);
  });
});

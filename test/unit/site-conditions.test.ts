import { describe, expect, it } from 'vitest';
import type { Condition } from '../../shared/event/condition.ts';
import type { Question } from '../../shared/event/event.ts';
import { conditionText, isAskedByCategory } from '../../web/site/registration/register/questions.ts';
import { forum, translate } from '../support/site-pages.ts';

const inWords = (condition: Condition): string => conditionText(condition, forum('en'), 'en', translate('en'));

describe('a condition in words', () => {
  it.each<[Condition, string]>([
    [{ category: ['academia', 'media'] }, 'Only for: Academia or Media.'],
    [{ mode: ['online'] }, 'Only if you chose “Online”.'],
    [
      { question: 'companyRole', in: ['technical'] },
      'Only if your answer to “What is your role in the company?” is Technical or specialist staff.',
    ],
    [
      { question: 'mediaEquipment', in: ['true'] },
      'Only if your answer to “Will you bring a camera or sound equipment?” is Yes.',
    ],
    [
      { all: [{ category: ['media'] }, { not: { mode: ['online'] } }] },
      'Only if your group is Media and this does not apply: you chose “Online”.',
    ],
  ])('%j', (condition, words) => expect(inWords(condition)).toBe(words));
});

describe('where a question stands', () => {
  const question = (id: string, when?: Condition): Question<string> => ({
    id,
    title: id,
    type: 'text',
    required: false,
    ...(when && { when }),
  });
  const role = question('role', { category: ['media'] });
  const area = question('area', { question: 'role', in: ['x'] });
  const equipment = question('equipment', { all: [{ category: ['media'] }, { mode: ['online'] }] });
  const workshop = question('workshop', { all: [{ category: ['media'] }, { session: ['opening'] }] });
  const free = question('free');
  const all = [role, area, equipment, workshop, free];

  it('is right after the category, where that decides, directly or through an earlier answer', () => {
    expect(all.filter((each) => isAskedByCategory(each, all))).toEqual([role, area]);
  });
});

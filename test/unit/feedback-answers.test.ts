import { describe, expect, it } from 'vitest';
import type { FeedbackQuestion } from '../../shared/event/definition/feedback-rules.ts';
import {
  checkFeedback,
  MOST_TEXT_BYTES,
  questionsFor,
  type SentFeedback,
} from '../../shared/feedback/answer/answers.ts';
import { addTallies, distributionOf, tallied } from '../../shared/feedback/result/tally.ts';

const option = (id: string) => ({ id, title: id });
const QUESTIONS: readonly FeedbackQuestion<string>[] = [
  { id: 'useful', title: '', type: 'rating', required: true },
  { id: 'use', title: '', type: 'choice', required: false, options: ['yes', 'no'].map(option) },
  { id: 'best', title: '', type: 'multi-choice', required: false, options: ['talks', 'people', 'food'].map(option) },
  { id: 'comment', title: '', type: 'text', required: false, max: 1000 },
  { id: 'wish', title: '', type: 'text', required: false },
];
const check = (sent: Parameters<typeof checkFeedback>[1]) => checkFeedback(QUESTIONS, sent);

describe('answers', () => {
  it('are taken as they are meant', () => {
    const { answers, issues } = check({
      useful: '4',
      use: 'yes',
      best: ['food', 'talks', 'food'],
      comment: ' Good. ',
      wish: '',
    });
    expect(issues).toEqual([]);
    expect(answers).toEqual({ useful: 4, use: 'yes', best: ['talks', 'food'], comment: 'Good.' });
  });

  it.each([
    ['a required one that is missing', {}, 'useful', 'required'],
    ['a required one that is empty', { useful: '' }, 'useful', 'required'],
    ['a rating above the highest', { useful: 6 }, 'useful', 'unknown-option'],
    ['a rating of nothing', { useful: '0' }, 'useful', 'unknown-option'],
    ['a rating in between', { useful: 2.5 }, 'useful', 'unknown-option'],
    ['a rating that is none', { useful: '<script>' }, 'useful', 'wrong-type'],
    ['several ratings', { useful: ['1', '2'] }, 'useful', 'wrong-type'],
    ['an option that is not offered', { useful: 1, use: 'perhaps' }, 'use', 'unknown-option'],
    ['one option of many that is not offered', { useful: 1, best: ['talks', 'x'] }, 'best', 'unknown-option'],
    ['text of 20 KB', { useful: 1, comment: 'a'.repeat(20_000) }, 'comment', 'too-long'],
    ['a question that nobody asks', { useful: 1, name: 'x' }, 'name', 'unknown-field'],
    ['what every object has', { useful: 1, constructor: 'x' }, 'constructor', 'unknown-field'],
  ])('are refused: %s', (_, sent, field, code) => {
    expect(check(sent).issues).toEqual([expect.objectContaining({ path: `answers.${field}`, code })]);
  });

  it('keep scripts in text as they are: text is shown, never run', () => {
    expect(check({ useful: 1, comment: '<script>alert(1)</script>' }).answers['comment']).toBe(
      '<script>alert(1)</script>',
    );
  });

  it('have room together: whoever writes more learns how many letters fit, in their script', () => {
    const khmer = 'ក'.repeat(700);
    const [issue] = check({ useful: 1, comment: khmer }).issues;
    const max = issue?.code === 'too-long' ? Number(issue.params.max) : Number.NaN;
    expect(issue).toMatchObject({ path: 'answers.comment', code: 'too-long' });
    expect(max).toBe(MOST_TEXT_BYTES / 3);
    expect(check({ useful: 1, comment: khmer.slice(0, max) }).issues).toEqual([]);
    expect(check({ useful: 1, comment: khmer.slice(0, max), wish: 'x' }).issues).toHaveLength(1);
  });

  it('CS22: are asked of people under 18 without words of their own', () => {
    const young = questionsFor(QUESTIONS, { isYoung: true });
    expect(young.map(({ id }) => id)).toEqual(['useful', 'use', 'best']);
    expect(checkFeedback(young, { useful: 1, comment: 'x' }).issues).toHaveLength(1);
  });
});

describe('tallies', () => {
  const sent: SentFeedback[] = [
    { useful: 4, best: ['talks', 'food'] },
    { useful: 5, use: 'yes', comment: 'x' },
    { useful: 4 },
  ];
  const all = sent.map((each) => tallied(QUESTIONS, check(each).answers));

  it('add up to how many chose what, and hold no words', () => {
    expect(addTallies(all)).toEqual({
      answers: 3,
      counts: { 'useful.4': 2, 'useful.5': 1, 'best.talks': 1, 'best.food': 1, 'use.yes': 1 },
    });
  });

  it('show each choice in its order, and the mean of ratings', () => {
    const [useful, use] = QUESTIONS.map((question) => distributionOf(question, addTallies(all)));
    expect(useful?.choices.map(({ count }) => count)).toEqual([0, 0, 0, 2, 1]);
    expect(useful?.mean).toBeCloseTo(13 / 3);
    expect(use).toEqual({
      choices: [
        { choice: 'yes', count: 1 },
        { choice: 'no', count: 0 },
      ],
    });
    expect(distributionOf(QUESTIONS[0] as FeedbackQuestion<string>, addTallies([]))).not.toHaveProperty('mean');
  });
});

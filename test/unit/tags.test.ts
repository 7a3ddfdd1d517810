import { describe, expect, it } from 'vitest';
import { csvOf } from '../../shared/kernel/text/csv.ts';
import { retagged, tagIdentity } from '../../shared/registration/tags/tags.ts';

describe('two tags', () => {
  it.each([
    ['case', 'Speaks', 'SPEAKS'],
    ['case, where a letter has two capitals', 'Straße', 'STRASSE'],
    ['width', 'Desk 1', 'Ｄｅｓｋ　１'],
    ['Unicode form', 'Renée', 'Rene\u0301e'],
    ['spaces', 'Desk  1', ' Desk 1 '],
    ['what nobody sees', 'Desk', 'De\u200Dsk'],
    ['how a ligature is written', 'Office', 'Oﬃce'],
  ])('are alike that differ in %s alone', (_, one, other) => expect(tagIdentity(one)).toBe(tagIdentity(other)));

  it.each([
    ['Desk 1', 'Desk 2'],
    ['Résumé', 'Resume'],
    ['វាគ្មិន', 'វាគ្មិនី'],
  ])('are two: %s, %s', (one, other) => expect(tagIdentity(one)).not.toBe(tagIdentity(other)));
});

describe('the tags of a person', () => {
  it('become those that are set, without those that are unset, each once and in order', () => {
    expect(retagged(undefined, { set: ['b', 'a', 'a'] })).toEqual({ tags: ['a', 'b'] });
    expect(retagged(['a', 'b'], { set: ['c'], unset: ['a'] })).toEqual({ tags: ['b', 'c'] });
    expect(retagged(['a'], { unset: ['a'] })).toEqual({ tags: undefined });
    expect(retagged(['a'], { set: ['a'], unset: ['a'] }), 'who says both sets it').toBeUndefined();
  });

  it('are nothing new where they are so already', () => {
    expect(retagged(['a'], { set: ['a'], unset: ['b'] })).toBeUndefined();
    expect(retagged(undefined, { unset: ['b'] })).toBeUndefined();
  });
});

it('a tag that is a formula is text in a file', () => {
  expect(csvOf([['=1+1', 'Desk; @SUM(A1)']])).toContain("'=1+1");
  expect(csvOf([['Desk;@SUM(A1)']])).toContain("Desk;'@SUM(A1)");
});

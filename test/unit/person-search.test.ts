import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskMatcher, namedAtDesk, searchedText, textMatcher } from '../../shared/registration/list/search.ts';

const person = (fullName: string, changes: object = {}) => ({
  ...{
    fullName,
    badgeName: fullName,
    organisation: 'Sample Office',
    email: 'x.y@example.org',
    reference: '0000000000',
  },
  ...changes,
});
const finds = (typed: string, fullName: string, changes: object = {}): boolean =>
  deskMatcher(typed)(person(fullName, changes));

const listed = (q: string, fullName: string): boolean => textMatcher(q)(searchedText(person(fullName)));

describe('whom an organiser means who searches the list', () => {
  it.each([
    ['dang', 'Đặng Thị Hồng'],
    ['đặng', 'Dang Thi Hong'],
    ['yildiz', 'Işık Yıldız'],
    ['aero soren', 'Søren Ærø'],
    ['សុខ\u200Bដារ៉ា', 'សុខដារ៉ា'],
    ['oneil', "Mary O'Neil"],
  ])('finds by %s the attendee %s', (typed, fullName) => expect(listed(typed, fullName)).toBe(true));

  it('finds nobody by what no name holds', () => expect(listed('dung', 'Đặng Thị Hồng')).toBe(false));
});

describe('AU10: whom a desk means', () => {
  it.each([
    ['three letters of a name', 'Dar', 'Sok Dara'],
    ['the middle of a name', 'ara', 'Sok Dara'],
    ['a whole word of two letters', 'bo', 'Bo Chan'],
    ['a whole word of one cluster', '李', '李 明'],
    ['a whole name of two clusters', '李明', '李明'],
    ['a whole Khmer word of two clusters', 'សុខ', 'សុខ ដារ៉ា'],
    ['three clusters of a Khmer name', 'ដារ៉ាវ', 'សុខ ដារ៉ាវី'],
    ['three clusters of a Lao name that goes on', 'ສົມພອນ', 'ສົມພອນ​ແກ້ວ'],
    ['a name with a space without width in it', 'សុខ​ដារ៉ា', 'សុខដារ៉ា'],
    ['whole words and parts, in any order', 'chan bo', 'Bo Chan'],
    ['capitals and accents', 'JOSE', 'José Reyes'],
    ['an apostrophe', "o'ne", "Mary O'Neil"],
    ['an organisation', 'sample', 'Anyone'],
    ['a stroke that is left out', 'dang', 'Đặng Thị Hồng'],
    ['a stroke that is typed', 'Đặng', 'Dang Thi Hong'],
    ['a Danish name, plain', 'soren', 'Søren Ærø'],
    ['two letters for one', 'aero', 'Søren Ærø'],
    ['a Polish name, plain', 'lukasz', 'Łukasz Wałęsa'],
    ['a Turkish name, plain', 'isik', 'Işık Yıldız'],
    ['a Turkish name in capitals', 'YILDIZ', 'Işık Yıldız'],
    ['a sharp s', 'strasse', 'Max Straße'],
    ['a French ligature', 'coeur', 'Anne Cœur'],
    ['an Icelandic name, plain', 'thordis', 'Þórdís Guðrún'],
    ['an Azerbaijani name, plain', 'memmed', 'Məmməd'],
    ['a Hausa name, plain', 'dangana', 'Ɗangana Ƙasim'],
    ['a Greek name in capitals', 'ΝΙΚΟΣ', 'Νίκος Μάρκος'],
    ['what is typed with a space without width', 'so\u200Bk da\u200Bra', 'Sok Dara'],
    ['another apostrophe', 'o\u2018neil', "Mary O'Neil"],
    ['digits of another script', '២០២៧', 'Forum 2027'],
  ])('finds by %s', (_, typed, name) => {
    expect(finds(typed, name)).toBe(true);
  });

  it.each([
    ['one letter', 'd', 'Sok Dara'],
    ['two letters of a name', 'da', 'Sok Dara'],
    ['two letters though they are ten code units', 'ដារ៉', 'សុខ ដារ៉ាវី'],
    ['two clusters of a Khmer name of more', 'ដារ៉ា', 'សុខ ដារ៉ាវី'],
    ['two clusters of a Chinese name', '王小', '王小明'],
    ['a letter and a whole word', 'sok d', 'Sok Dara'],
    ['a part of an address', 'example', 'Sok Dara'],
    ['a part of a reference', '0000', 'Sok Dara'],
    ['signs alone', '...', 'Sok Dara'],
    ['a mark alone', '\u0301', 'Sok Dara'],
  ])('finds nobody by %s', (_, typed, name) => {
    expect(finds(typed, name)).toBe(false);
  });

  it('finds by a whole address and a whole reference', () => {
    expect(finds('X.Y@example.org', 'Sok Dara')).toBe(true);
    expect(finds('x.y@example.or', 'Sok Dara')).toBe(false);
    expect(finds('', 'Sok Dara', { email: '' })).toBe(false);
  });

  it('finds among many those whom it finds one by one, in their order, and when they are looked through again', () => {
    const words = [
      'Sok Dara',
      'សុខ ដារ៉ាវី',
      "Mary O'Neil",
      'Đặng\nMẫu',
      '',
      ' ',
      '\n',
      '…',
      '李 明',
      'ΝΙΚΟΣ',
      'Bo',
      'a\u200Bb',
    ];
    const name = fc.constantFrom(...words);
    const anyone = fc.record({
      fullName: name,
      badgeName: name,
      organisation: name,
      nativeName: fc.option(name, { nil: undefined }),
    });
    const asked = fc.constantFrom(
      'dara',
      'dang mau',
      'bo',
      'o’neil',
      '明',
      'νίκος',
      'ដារ៉ាវ',
      'mau dang\nbo',
      'ab',
      '...',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 6 }), asked, asked, (people, q, again) => {
        for (const typed of [q, again]) {
          const isMeant = deskMatcher(typed);
          const alone = people.filter((each) => isMeant({ ...each, email: '', reference: '' }));
          expect(namedAtDesk(people, typed)).toEqual(alone);
        }
      }),
    );
  });
});

import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from '../../shared/i18n/en/site.json' with { type: 'json' };
import km from '../../shared/i18n/km/site.json' with { type: 'json' };
import type { SiteKey } from '../../shared/i18n/site.ts';

type Ast = ReturnType<IntlMessageFormat['getAst']>;
/** From the ICU message syntax: literal text and `#` name no argument. */
const LITERAL = 0;
const POUND = 7;

/** The names of what a message puts in, at any depth. */
function argumentsOf(ast: Ast): string[] {
  return ast.flatMap((part) => {
    if (part.type === LITERAL || part.type === POUND) return [];
    const nested = 'options' in part ? Object.values(part.options).flatMap(({ value }) => argumentsOf(value)) : [];
    return [part.value, ...nested];
  });
}

const argumentsIn = (message: string, language: string): string[] =>
  [...new Set(argumentsOf(new IntlMessageFormat(message, language).getAst()))].sort();

describe('the words of the site', () => {
  it('are the same messages in both languages, in the same order', () => {
    expect(Object.keys(km)).toEqual(Object.keys(en));
  });

  it('put the same things in, in both languages', () => {
    for (const key of Object.keys(en) as SiteKey[]) {
      expect(argumentsIn(km[key], 'km'), key).toEqual(argumentsIn(en[key], 'en'));
    }
  });

  it('are Khmer in Khmer, but for the name and what is only arguments', () => {
    const latin = Object.entries(km).filter(([, message]) => !/[\u1780-\u17ff]/.test(message));
    expect(latin.map(([key]) => key)).toEqual([
      'site.name',
      'time.zone',
      'time.instant',
      'event.resource.source',
      'errors.item',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledTemplates, htmlOf, SOURCES, typedTemplate } from '../../infra/mail-templates/compile.ts';
import { button, facts } from '../../shared/mail/letter/templates/compiled.ts';

it('compiled.ts is what the MJML sources give: `npm run mail-templates` writes it anew', async () => {
  expect(readFileSync(join(SOURCES, 'compiled.ts'), 'utf8')).toBe(await compiledTemplates());
});

describe('MJML', () => {
  const body = (column: string): string =>
    `<mjml><mj-body><mj-section><mj-column>${column}</mj-column></mj-section></mj-body></mjml>`;

  it('may have a placeholder where a length is due', async () => {
    expect(await htmlOf('x', body('<mj-text line-height="{{leading}}">a</mj-text>'))).toContain(
      'line-height:{{leading}}',
    );
  });

  it.each(['<mj-text line-hight="1.5">a</mj-text>', '<mj-text line-height="{leading}">a</mj-text>', '<mj-txt />'])(
    'is refused with a mistake in it: %s',
    async (column) => {
      await expect(htmlOf('x', body(column))).rejects.toThrow('x.mjml: ');
    },
  );

  it('loads no font from elsewhere', async () => {
    expect(await htmlOf('x', body('<mj-text font-family="Roboto">a</mj-text>'))).not.toContain('googleapis');
  });
});

describe('a template', () => {
  it('is a function of what its placeholders name, with their types', () => {
    const source = '<p title="{{title}}">{{#people}}{{name}}{{#days}}, {{.}}{{/days}}{{/people}}{{{more}}}</p>';
    expect(typedTemplate('two-words', source)).toBe(
      'export const twoWords = ({ title, people, more }: { readonly title: Text; readonly people: readonly { readonly name: Text;\n' +
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what is written
        ' readonly days: readonly Text[] }[]; readonly more: Markup }): Html => html`<p title="${title}"\\\n' +
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what is written
        '>${people.map(({ name, days }) => html`${name}${days.map((item) => html`, ${item}`)}`)}${more}</p>`;\n',
    );
  });

  it('goes on in a new line where one would be too wide, and says the same', () => {
    const wide = `<p style="${'color:red;'.repeat(40)}">{{a}}</p>`;
    const written = typedTemplate('x', wide);
    expect(Math.max(...written.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(156);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what is written
    expect(written.replaceAll('\\\n', '')).toContain(wide.replace('{{a}}', '${a}'));
  });

  it('keeps what would be code in a template literal as text', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what is read
    expect(typedTemplate('x', 'a`${b}\\')).toContain('html`a\\`\\${b}\\\\`');
  });

  it.each([
    ['{{#a}}b', '{{#a}} does not end'],
    ['a{{/a}}', '{{/a}} has no beginning'],
    ['{{#a}}{{#b}}{{/a}}{{/b}}', '{{/a}} has no beginning'],
    ['{{a}}{{{a}}}', 'a is used in two ways'],
    ['{{#a}}{{.}}{{b}}{{/a}}', 'items of a are text or not'],
    ['{{^a}}b{{/a}}', '{{^a}} is not known'],
    ['{{ a }}', '{{ a }} is not known'],
  ])('is refused with a mistake in it: %s', (markup, mistake) => {
    expect(() => typedTemplate('x', markup)).toThrow(`x: ${mistake}`);
  });

  it('does not compile without a value, or with one that is misspelt: tsc fails where it does', () => {
    // @ts-expect-error a value is missing
    expect(button({ label: 'Open', leading: 1.5 }).markup).toContain('href=""');
    // @ts-expect-error a value is misspelt
    expect(button({ label: 'Open', leading: 1.5, link: 'https://example.org' }).markup).toContain('href=""');
    // @ts-expect-error a value is missing within a list
    expect(() => facts({ leading: 1.5, facts: [{ label: 'When' }] })).toThrow(TypeError);
  });

  it('escapes every value, in text and in attributes (AB9)', () => {
    const hostile = `"><script>alert('1')</script>&`;
    const { markup } = button({ label: hostile, leading: 1.5, url: hostile });
    const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;';
    expect(markup).toContain(`href="${escaped}"`);
    expect(markup).toContain(`\n${escaped}\n`);
    expect(markup).not.toContain('<script');
  });
});

import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { byTag, LANGUAGE_TAGS, localeFor, PRODUCT_LANGUAGES } from '../shared/kernel/i18n/languages.ts';
import { FORM_KEYS } from '../shared/registration/apply/form-words.ts';
import { needsHelpers, wordsScript } from './browser-words.ts';
import { messagesOf } from './languages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FONTS = Object.values(PRODUCT_LANGUAGES).flatMap(({ font }) => font ?? []);

/** Scripts of forms: of one person's, and of a delegation's. */
const FORMS = ['form', 'people'] as const;

/** Sources by the name of what is made of them. The form's script is one for each language: it brings its own words. */
export const SITE_ENTRIES: Readonly<Record<string, string>> = {
  site: 'web/site/site.ts',
  'own-time': 'web/site/script/own-time.ts',
  prove: 'web/site/script/prove.ts',
  feedback: 'web/site/script/feedback.ts',
  'site-css': 'web/site/site.css',
  'pages-css': 'web/site/pages.css',
  preview: 'web/site/preview.png',
  ...Object.fromEntries(FONTS.map((name) => [name, `web/site/${name}.css`])),
  ...Object.fromEntries(LANGUAGE_TAGS.flatMap((tag) => FORMS.map((form) => [`${form}-${tag}`, `${form}:${tag}`]))),
};

const formWords = (language: string): string =>
  wordsScript(messagesOf('en', 'site'), messagesOf(language, 'site'), (key) => FORM_KEYS.some((each) => each === key));

const formScripts: Plugin = {
  name: 'form-scripts',
  setup(build) {
    for (const form of FORMS) {
      const enhance = form === 'form' ? 'enhanceForm' : 'enhancePeople';
      build.onResolve({ filter: new RegExp(`^${form}:`) }, ({ path }) => ({
        path: path.split(':')[1],
        namespace: form,
      }));
      build.onLoad({ filter: /./, namespace: form }, ({ path: language }) => ({
        contents: `
        import { compiledTranslator, plainTranslator } from './shared/kernel/i18n/compiled.ts';
        import { ${enhance} } from './web/site/script/enhance-form.ts';
        ${enhance}(${formTranslator(language)});`,
        resolveDir: ROOT,
      }));
    }
  },
};

function formTranslator(language: string): string {
  const words = formWords(language);
  return needsHelpers(words) ? `compiledTranslator(${words}, '${localeFor(language)}')` : `plainTranslator(${words})`;
}

/** How the files that pages load are built. */
export const SITE_BUNDLE = {
  absWorkingDir: ROOT,
  entryPoints: SITE_ENTRIES,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2020', 'chrome80', 'safari14', 'firefox78'],
  // Safari 14.0 gets it wrong in rare places; the scripts that use it run from 15.4 on.
  supported: { destructuring: true },
  // Khmer would otherwise be written as escapes, at twice the size.
  charset: 'utf8',
  loader: { '.woff2': 'file', '.png': 'copy' },
  plugins: [formScripts],
} satisfies BuildOptions;

/** The addresses as pages know them (`Assets` of `web/site/kernel/layout.ts`). */
export const siteAddresses = (address: (name: string) => string) => ({
  js: address('site'),
  ownTimeJs: address('own-time'),
  proveJs: address('prove'),
  feedbackJs: address('feedback'),
  css: address('site-css'),
  pagesCss: address('pages-css'),
  preview: address('preview'),
  fontCss: byTag(({ font }) => font && address(font)),
  formJs: byTag((_, tag) => address(`form-${tag}`)),
  peopleJs: byTag((_, tag) => address(`people-${tag}`)),
});

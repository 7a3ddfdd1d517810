import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, Plugin } from 'esbuild';
import { messagesOf } from './languages.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** The form's script, an entry for each language: it brings its own words. */
const FORM_SCRIPTS = 'web/site/script/form';
const LANGUAGES = readdirSync(join(ROOT, FORM_SCRIPTS)).map((file) => basename(file, '.ts'));

/** Sources by the name of what is made of them. */
export const SITE_ENTRIES: Readonly<Record<string, string>> = {
  site: 'web/site/site.ts',
  'own-time': 'web/site/script/own-time.ts',
  prove: 'web/site/script/prove.ts',
  feedback: 'web/site/script/feedback.ts',
  'site-css': 'web/site/site.css',
  'pages-css': 'web/site/pages.css',
  khmer: 'web/site/khmer.css',
  ...Object.fromEntries(LANGUAGES.map((tag) => [`form-${tag}`, `${FORM_SCRIPTS}/${tag}.ts`])),
};

/** Those of the site's words that the form's script says: `FormKey` of `web/site/script/words.ts`. */
const FORM_KEY =
  /^(?:errors|step)\.|^register\.error-title$|^field\.(?:required|email-format|email-ascii|no-day|not-accepted)$/;

/** A browser cannot count the words that a language lacks: they are English from the build on, which says so (EV4). */
const completedWords: Plugin = {
  name: 'completed-words',
  setup(build) {
    build.onLoad({ filter: /\/shared\/kernel\/i18n\/\w+\/site\.json$/ }, ({ path }) => {
      const [english, own] = [formWords('en'), formWords(basename(dirname(path)))];
      const warnings = Object.keys(english)
        .filter((key) => !Object.hasOwn(own, key))
        .map((key) => ({ text: `"${key}" is English: ${path} lacks it` }));
      return { contents: JSON.stringify({ ...english, ...own }), loader: 'json', warnings };
    });
  },
};

const formWords = (language: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(messagesOf(language, 'site') ?? {}).filter(([key]) => FORM_KEY.test(key)));

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
  loader: { '.woff2': 'file' },
  plugins: [completedWords],
} satisfies BuildOptions;

/** The addresses as pages know them (`Assets` of `web/site/kernel/assets.ts`). */
export const siteAddresses = (address: (name: string) => string) => ({
  js: address('site'),
  ownTimeJs: address('own-time'),
  proveJs: address('prove'),
  feedbackJs: address('feedback'),
  css: address('site-css'),
  pagesCss: address('pages-css'),
  khmerCss: address('khmer'),
  formJs: Object.fromEntries(LANGUAGES.map((tag) => [tag, address(`form-${tag}`)])),
});

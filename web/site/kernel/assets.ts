/** Addresses of the files that pages load. */
export interface Assets {
  readonly js: string;
  /** Puts the reader's own time beside a programme's. */
  readonly ownTimeJs: string;
  /** Solves the challenge of a form of an event under attack. */
  readonly proveJs: string;
  /** Proves that whoever sends feedback attended, and not who they are. */
  readonly feedbackJs: string;
  readonly css: string;
  /** What only pages to be read need, besides. */
  readonly pagesCss: string;
  /** The Khmer font, linked on Khmer pages only. */
  readonly khmerCss: string;
  /** The script of the form by language, loaded once the form is there. */
  readonly formJs: Readonly<Record<string, string>>;
}

/** Set by the bundler to the content-hashed addresses, as JSON; unknown where sources run unbundled, as in tests. */
declare const __ASSETS__: string | undefined;

export const ASSETS: Assets =
  typeof __ASSETS__ === 'undefined'
    ? {
        js: '/assets/site.js',
        ownTimeJs: '/assets/own-time.js',
        proveJs: '/assets/prove.js',
        feedbackJs: '/assets/feedback.js',
        css: '/assets/site.css',
        pagesCss: '/assets/pages.css',
        khmerCss: '/assets/khmer.css',
        formJs: { en: '/assets/form-en.js', km: '/assets/form-km.js' },
      }
    : JSON.parse(__ASSETS__);

/** The form's script with the words of a language, or of English, as translations fall back. */
export const formScript = (language: string): string => ASSETS.formJs[language] ?? ASSETS.formJs['en'] ?? '';

/** Addresses of the files that pages load. */
export interface Assets {
  readonly css: string;
  readonly js: string;
  /** Puts the reader's own time beside a programme's. */
  readonly ownTimeJs: string;
  /** The Khmer font, linked on Khmer pages only. */
  readonly khmerCss: string;
}

/** Set by the bundler to the content-hashed addresses; unknown where sources run unbundled, as in tests. */
declare const __ASSETS__: Assets | undefined;

export const ASSETS: Assets =
  typeof __ASSETS__ === 'undefined'
    ? {
        css: '/assets/site.css',
        js: '/assets/site.js',
        ownTimeJs: '/assets/own-time.js',
        khmerCss: '/assets/khmer.css',
      }
    : __ASSETS__;

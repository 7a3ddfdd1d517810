/** The colours of the site, for mail, where no style sheet of ours is loaded. */
export const LIGHT = {
  page: '#f3f6f7',
  sheet: '#ffffff',
  text: '#13202a',
  muted: '#465662',
  primary: '#0b5a69',
  onPrimary: '#ffffff',
  line: '#7d8b95',
} as const;

export const DARK: Readonly<Record<keyof typeof LIGHT, string>> = {
  page: '#0e161c',
  sheet: '#17222a',
  text: '#e9eff3',
  muted: '#a8b6c1',
  primary: '#74d3e0',
  onPrimary: '#0e161c',
  line: '#6f808c',
};

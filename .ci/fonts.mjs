/**
 * Makes fonts for a browser that no machine of ours has: what the badges are set in, as if it were installed, put before everything
 * that the machine has, and hinted in full. Says no more than where its settings are.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import decompress from 'wawoff2/decompress.js';

const [folder = ''] = process.argv.slice(2);
const fonts = resolve(folder);
const PACKAGES = 'node_modules/@fontsource';

mkdirSync(fonts, { recursive: true });
for (const name of readdirSync(PACKAGES)) {
  const files = join(PACKAGES, name, 'files');
  for (const file of readdirSync(files).filter((each) => /-(?:400|700)-normal\.woff2$/.test(each))) {
    writeFileSync(join(fonts, file.replace('.woff2', '.ttf')), await decompress(readFileSync(join(files, file))));
  }
}

const family = (generic) =>
  `<match target="pattern"><test name="family"><string>${generic}</string></test><edit name="family" mode="prepend" binding="strong"><string>Noto Sans</string></edit></match>`;
const settings = join(fonts, 'fonts.conf');
writeFileSync(
  settings,
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<dir>${fonts}</dir>
<cachedir>${join(fonts, 'cache')}</cachedir>
${['sans-serif', 'system-ui', 'serif'].map(family).join('\n')}
<match target="font"><edit name="hinting" mode="assign"><bool>true</bool></edit><edit name="hintstyle" mode="assign"><const>hintfull</const></edit></match>
<match target="pattern"><edit name="hinting" mode="assign"><bool>true</bool></edit><edit name="hintstyle" mode="assign"><const>hintfull</const></edit></match>
</fontconfig>
`,
);
console.log(settings);

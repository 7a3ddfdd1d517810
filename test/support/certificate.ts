import { readFile } from 'node:fs/promises';
import { certificateFiles } from '../../infra/certificate-files.ts';
import { type Certificate, type CertificateFonts, fontsOf } from '../../shared/certificates/document/certificate.ts';

/** Opened as the function that gives them out opens them, from files as they are built for it. */
export const certificateFonts = async (): Promise<CertificateFonts> => fontsOf(await certificateFiles());

/** HarfBuzz's subsetter. */
export const subsetter = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile('node_modules/harfbuzzjs/dist/harfbuzz-subset.wasm');

/** Made-up names, with what each script does to its letters: signs on, under and before others, ligatures, tones. */
export const NAMES = {
  km: 'ក្រុង ស្ត្រីខ្មែរ សំណព្វ',
  lo: 'ທ້າວ ຕົວຢ່າງ ນໍ້າໃຈ',
  my: 'မောင် ဥပမာ ကြွေးကျော်သူ',
  th: 'นาย ตัวอย่าง น้ำใจกู้ศักดิ์ปิ่น',
  vi: 'Nguyễn Văn Mẫu Dụng',
  en: 'Zoë Example-Specimen',
} as const;

/** A certificate of a made-up event, with words as they are in its language where they are given. */
export const sample = (language: keyof typeof NAMES, others: Partial<Certificate> = {}): Certificate => ({
  language,
  name: NAMES[language],
  title: 'Certificate of attendance',
  certifiesThat: 'This is to certify that',
  tookPart: 'took part in',
  event: 'Forum of Examples 2027',
  whenAndWhere: '12–14 May 2027 · Phnom Penh, Cambodia',
  host: 'Ministry of Examples',
  howToVerify: 'Scan the code, or type this at example.org/verify',
  code: {
    url: 'https://example.org/e/forum-of-examples/verify#7K3-M9Q-X2AB-7K3M-9QXT-2B4D-0123',
    typed: '7K3-M9Q-X2AB-7K3M-9QXT-2B4D-0123',
  },
  madeAt: Date.UTC(2027, 4, 20, 2),
  ...others,
});

/** Letters of each script, and what stands on or below them, in the order in which it is typed. */
const LETTERS: Record<keyof typeof NAMES, readonly string[]> = {
  km: [
    'កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ',
    '្ក ្ខ ្គ ្ង ្ច ្ជ ្ញ ្ដ ្ត ្ថ ្ទ ្ន ្ប ្ព ្ម ្យ ្រ ្ល ្វ ្ស ្ហ ្អ',
    'ា ិ ី ឹ ឺ ុ ូ ួ ើ ឿ ៀ េ ែ ៃ ោ ៅ ុំ ំ ាំ ះ ៉ ៊ ៍ ័',
  ],
  lo: ['ກຂຄງຈສຊຍດຕຖທນບປຜຝພຟມຢຣລວຫອຮ', 'ັ ິ ີ ຶ ື ຸ ູ ົ ໍ ຼ', '່ ້ ໊ ໋ ໌'],
  my: ['ကခဂဃငစဆဇဈညဋဌဍဎဏတထဒဓနပဖဗဘမယရလဝသဟဠအ', 'ျ ြ ွ ှ ျွ ြွ ျှ ြှ ွှ ျွှ ြွှ', 'ါ ာ ိ ီ ု ူ ေ ဲ ော ို ံ့ ့ း ် ို့ ော်'],
  th: ['กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ', 'ั ิ ี ึ ื ุ ู ฺ', '่ ้ ๊ ๋ ์ ็'],
  vi: [
    'ẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹăâđêôơư',
    '',
    '',
  ],
  en: [
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĽľŁłŃńŅņŇňŐőŒœŔŕŘřŚśŞşŠšŢţŤťŪūŮůŰűŲųŹźŻżŽž',
    '',
    '',
  ],
};

/**
 * As long as a name may be: 100 letters, as readers count them, of as many kinds as the script has.
 *
 * @param from another one makes another name
 */
export function longestName(language: keyof typeof NAMES, from = 0): string {
  const [letters = '', below = '', above = ''] = LETTERS[language];
  const [bases, ...marks] = [[...letters], below.split(' '), above.split(' ')];
  const words = Array.from({ length: 200 }, (_, index) => {
    const at = index + from;
    const [first, second] = marks.map((each) => each[at % each.length]);
    return `${bases[at % bases.length]}${first}${second}${index % 12 === 11 ? ' ' : ''}`;
  });
  const segmented = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(words.join('').normalize('NFC'));
  return [...segmented]
    .slice(0, 100)
    .map(({ segment }) => segment)
    .join('')
    .replace(/ $/, letters.charAt(0));
}

import words from '../../../../shared/kernel/i18n/km/site.json' with { type: 'json' };
import { enhanceForm } from '../enhance-form.ts';

enhanceForm(words);

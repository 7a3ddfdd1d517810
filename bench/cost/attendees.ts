import { submission } from '../../test/support/forum.ts';

/** People who fill in everything, at the length that names and titles have. Khmer letters take three bytes each. */
export const ATTENDEES = {
  English: submission({
    fullName: 'Alexandra Examplina Sampleton-Testworthy',
    badgeName: 'Alexandra Sampleton',
    nativeName: 'Александра Образцова',
    position: 'Deputy Director-General for International Cooperation and Digital Policy',
    organisation: 'Sample Ministry of Posts, Telecommunications and the Digital Economy',
    category: 'member-state',
    answers: {
      institutionType: 'digital',
      invitationLetter: true,
      interpretation: ['khmer', 'lao'],
      panelQuestion: 'How can a small regulator keep up with apps that change their rules every month?',
    },
  }),
  Khmer: submission({
    language: 'km',
    honorific: 'លោកជំទាវ',
    fullName: 'គំរូ សាកល្បងឧទាហរណ៍',
    badgeName: 'គំរូ សាកល្បង',
    nativeName: 'គំរូ សាកល្បងឧទាហរណ៍',
    position: 'អគ្គនាយករងទទួលបន្ទុកកិច្ចសហប្រតិបត្តិការអន្តរជាតិ និងគោលនយោបាយឌីជីថល',
    organisation: 'ក្រសួងគំរូនៃប្រៃសណីយ៍ ទូរគមនាគមន៍ និងសេដ្ឋកិច្ចឌីជីថល',
    country: 'KH',
    category: 'member-state',
    answers: {
      institutionType: 'digital',
      invitationLetter: true,
      interpretation: ['khmer', 'cambodian-sign'],
      panelQuestion: 'តើនិយ័តករតូចមួយអាចតាមទាន់កម្មវិធីដែលផ្លាស់ប្តូរវិធានរៀងរាល់ខែដោយរបៀបណា?',
    },
  }),
} as const;

/** A link within the site that stays in the reader's language. */
export const inLanguage = (path: string, language: string): string => `${path}?lang=${encodeURIComponent(language)}`;

/** Of what others made of which these pages and apps are made; written by the build. */
export const LICENCES_PATH = '/licences.txt';

export const eventPath = (eventId: string): string => `/e/${eventId}`;
export const privacyPath = (eventId: string): string => `/e/${eventId}/privacy`;
export const youngPeoplePath = (eventId: string): string => `/e/${eventId}/young-people`;
export const accessibilityPath = (eventId: string): string => `/e/${eventId}/accessibility`;
export const findPath = (eventId: string): string => `/e/${eventId}/find`;
/** @param managePath `/m/{token}` */
export const completePath = (managePath: string): string => `${managePath}/complete`;
/** @param managePath `/m/{token}` */
export const askPath = (managePath: string): string => `${managePath}/ask`;
/** @param managePath `/m/{token}` */
export const guardianPath = (managePath: string): string => `${managePath}/guardian`;
/** @param managePath `/m/{token}` */
export const amendPath = (managePath: string): string => `${managePath}/amend`;
/** @param managePath `/m/{token}` */
export const addressPath = (managePath: string): string => `${managePath}/address`;
/** @param managePath `/m/{token}` */
export const onlinePath = (managePath: string): string => `${managePath}/online`;
export const reportPath = (eventId: string): string => `/e/${eventId}/report`;
export const consentFormPath = (eventId: string): string => `/e/${eventId}/consent-form`;
export const youngFormPath = (eventId: string): string => `/e/${eventId}/register/young`;
/** @param managePath `/m/{token}` */
export const calendarPath = (managePath: string): string => `${managePath}/calendar.ics`;
/** @param managePath `/m/{token}` */
export const letterPath = (managePath: string): string => `${managePath}/letter`;
/** @param managePath `/m/{token}` */
export const certificatePath = (managePath: string): string => `${managePath}/certificate`;
/** @param managePath `/m/{token}` */
export const myFeedbackPath = (managePath: string): string => `${managePath}/feedback`;
export const verifyPath = (eventId: string): string => `/e/${eventId}/verify`;
/** @param managePath `/m/{token}` */
export const carePath = (managePath: string): string => `${managePath}/care`;
export const registerPath = (eventId: string): string => `/e/${eventId}/register`;
export const delegationPath = (eventId: string): string => `/e/${eventId}/delegation`;
export const tablePath = (eventId: string): string => `/e/${eventId}/delegation/table`;
/** @param delegation `/d/{token}` */
export const peoplePath = (delegation: string): string => `${delegation}/people`;
/** @param delegation `/d/{token}` */
export const personPath = (delegation: string, member: string): string => `${delegation}/people/${member}`;
/** @param person `/d/{token}/people/{member}` */
export const substitutePath = (person: string): string => `${person}/substitute`;
/** @param delegation `/d/{token}` */
export const ticketsPath = (delegation: string): string => `${delegation}/tickets`;
/** @param form `event`, or `session-` and the id of the session */
export const feedbackFormPath = (eventId: string, form: string): string => `/f/${eventId}/${form}`;

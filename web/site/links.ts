/** A link within the site that stays in the reader's language. */
export const inLanguage = (path: string, language: string): string => `${path}?lang=${encodeURIComponent(language)}`;

export const eventPath = (eventId: string): string => `/e/${eventId}`;
export const findPath = (eventId: string): string => `/e/${eventId}/find`;
export const registerPath = (eventId: string): string => `/e/${eventId}/register`;

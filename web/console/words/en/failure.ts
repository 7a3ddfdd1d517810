/** What went wrong, and what to do about it. */
export const failure = {
  unreachable: 'There is no connection to the server. Check your network and try again; what you typed is still here.',
  unknown: 'Something went wrong on our side. Try again in a moment; what you typed is still here.',
  problems: {
    'not-permitted': 'You may not do this. Your roles may have changed: load the page again, or ask an organiser.',
    'not-found': 'This is gone. Someone may have changed it meanwhile: load the page again.',
    'unknown-event': 'There is no event with this address. Check the address that you were given.',
    'changed-meanwhile': 'Someone else changed this meanwhile. Load the page again and look at it once more.',
    'own-role': 'You cannot take back your own roles. Ask another organiser.',
    'export-too-large': 'These are too many for one file. Choose fewer first: a status, a group or a country.',
    busy: 'Many people are using this at the moment. Please press again.',
  },
};

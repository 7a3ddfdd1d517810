/** Length of `2027-11-02`. */
const DATE = 10;

/**
 * Puts the reader's own time under the time of each session, where any of them differs. Browsers lack the words of
 * some languages, so words come from the page, and times are written as the page writes them.
 */
for (const list of document.querySelectorAll<HTMLElement>('[data-own-time]')) {
  const times = [...list.querySelectorAll('time')];
  if (times.some((time) => ownClock(time) !== time.textContent || daysApart(time) !== 0)) addOwnTimes(list);
}

function addOwnTimes(list: HTMLElement): void {
  const { ownTime = '', dayBefore = '', dayAfter = '' } = list.dataset;
  for (const shown of list.querySelectorAll('.time > p')) {
    const own = shown.cloneNode(true) as HTMLElement;
    own.className = 'own';
    own.prepend(`${ownTime} `);
    const [start, end] = own.querySelectorAll('time');
    for (const time of [start, end]) {
      if (time === undefined) continue;
      time.textContent = ownClock(time);
      const apart = daysApart(time);
      // Said once where the whole session is on another day.
      const isSaid = time === start && end !== undefined && daysApart(end) === apart;
      if (apart !== 0 && !isSaid) time.after(` (${apart < 0 ? dayBefore : dayAfter})`);
    }
    shown.after(own);
  }
}

/** `09:00`, where the reader is. */
function ownClock({ dateTime }: HTMLTimeElement): string {
  const at = new Date(dateTime);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** How many days the reader's date is ahead of the event's. */
function daysApart({ dateTime }: HTMLTimeElement): number {
  const at = new Date(dateTime);
  const own = Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.sign(own - Date.parse(dateTime.slice(0, DATE)));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

export {};

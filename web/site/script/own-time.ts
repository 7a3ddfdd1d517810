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
  for (const shown of list.querySelectorAll('.time > p')) {
    const own = shown.cloneNode(true) as HTMLElement;
    own.className = 'own';
    own.prepend(`${list.dataset['ownTime']} `, document.createElement('br'));
    const times = [...own.querySelectorAll('time')];
    times.forEach((time, index) => {
      time.textContent = ownClock(time);
      const apart = daysApart(time);
      const next = times[index + 1];
      // Said once where the whole session is on another day.
      const isSaidNext = next !== undefined && daysApart(next) === apart;
      if (apart !== 0 && !isSaidNext) time.after(` (${list.dataset[apart < 0 ? 'dayBefore' : 'dayAfter']})`);
    });
    shown.after(own);
  }
}

/** `09:00`, where the reader is. */
function ownClock(time: HTMLTimeElement): string {
  const at = new Date(time.dateTime);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** 1 where the reader's date is ahead of the event's, -1 where it is behind. */
function daysApart(time: HTMLTimeElement): number {
  const at = new Date(time.dateTime);
  const own = Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.sign(own - Date.parse(time.dateTime.slice(0, DATE)));
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

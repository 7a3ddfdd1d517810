/** Whoever leaves the pages of a report in haste is not led back to them by the button for it. */
export function leaveForGood(): void {
  const leave = document.querySelector<HTMLAnchorElement>('[data-leave]');
  if (leave === null) return;
  leave.onclick = () => {
    location.replace(leave.href);
    return false;
  };
}

/** Says as whom this browser answers, by the name that it keeps; nothing where it keeps none. */
export function sayAs(name: string): void {
  const note = document.querySelector<HTMLElement>('[data-as]');
  const place = note?.querySelector('[data-name]');
  if (note == null || place == null) return;
  place.textContent = name;
  note.hidden = name === '';
}

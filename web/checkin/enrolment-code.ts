const CODE = /^[\w-]{43}$/;

/** An organiser's code, from the link that shows it or alone; `undefined` for anything else. */
export function enrolmentCode(text: string): string | undefined {
  const trimmed = text.trim();
  const code = /#code=([\w-]+)$/.exec(trimmed)?.[1] ?? trimmed;
  return CODE.test(code) ? code : undefined;
}

/** What stands in the address of a link that was opened; it is gone from there at once, since whoever reads it could use it. */
export function takeCode(): string | undefined {
  const code = enrolmentCode(location.href);
  if (location.hash !== '') history.replaceState(history.state, '', location.pathname);
  return code;
}

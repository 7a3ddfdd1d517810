import { useEffect, useRef, useState } from 'preact/hooks';
import { type Address, type PageName, pageAddress } from './addresses.ts';
import { navigationFor, type PageGroup } from './screens.tsx';
import { t } from './words.ts';

type Opened = Parameters<typeof navigationFor>[0];

interface NavigationProps {
  readonly address: Address;
  readonly opened: Opened;
}

/** As many as need no menu on a narrow screen. */
const MOST_WITHOUT_MENU = 3;

/**
 * The pages that the member who is signed in may open: groups that open over what is below, so that nothing moves. On a narrow screen all of
 * them are behind one button. Escape, a press elsewhere and going on close what is open.
 */
export function Navigation({ address, opened }: NavigationProps) {
  const { eventId, page, one } = address;
  const nav = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<PageGroup | 'menu'>();
  const entries = navigationFor(opened);
  const hasMenu = entries.reduce((sum, [, pages]) => sum + pages.length, 0) > MOST_WITHOUT_MENU;
  useEffect(() => setOpen(undefined), [eventId, page, one]);
  useEffect(() => {
    if (open === undefined) return;
    const closeOutside = ({ target }: Event): void => {
      if (!(target instanceof Node && nav.current?.contains(target))) setOpen(undefined);
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [open]);
  if (entries.length === 0) return null;
  const closeByEscape = ({ key }: KeyboardEvent): void => {
    if (key !== 'Escape') return;
    nav.current?.querySelector<HTMLElement>('[aria-expanded=true]')?.focus();
    setOpen(undefined);
  };
  const toggle = (what: PageGroup | 'menu') => () => setOpen(open === what ? undefined : what);
  const link = (each: PageName) => (
    <li key={each}>
      <a
        href={pageAddress(eventId, each)}
        aria-current={each === page ? (one ? 'true' : 'page') : undefined}
        onClick={() => setOpen(undefined)}
      >
        {nameOf(each)}
      </a>
    </li>
  );
  return (
    <nav ref={nav} class={hasMenu ? 'bar pages' : 'bar'} aria-label={t('common.pages')} onKeyDown={closeByEscape}>
      {hasMenu && (
        <button
          type="button"
          class="menu"
          aria-expanded={open === 'menu'}
          aria-controls="pages"
          onClick={toggle('menu')}
        >
          {t('nav.menu', { page: nameOf(page) })}
        </button>
      )}
      <ul id="pages" class={open === 'menu' ? 'shown' : undefined}>
        {entries.map(([group, pages]) =>
          group === undefined ? (
            pages.map(link)
          ) : (
            <li key={group} class="group">
              <button
                type="button"
                class={pages.includes(page) ? 'here' : undefined}
                aria-expanded={open === group}
                aria-controls={`pages-${group}`}
                onClick={toggle(group)}
              >
                {t(`nav.${group}`)}
              </button>
              <p>{t(`nav.${group}`)}</p>
              <ul id={`pages-${group}`} class={open === group ? 'shown' : undefined}>
                {pages.map(link)}
              </ul>
            </li>
          ),
        )}
      </ul>
    </nav>
  );
}

const nameOf = (page: PageName): string => t(`page.${page || 'overview'}`);

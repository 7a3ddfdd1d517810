import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nameInBrowser } from '../../shared/registration/kept-by-browser.case.ts';
import { forgetOver, forgetToken, keepToken, keptAnswering } from '../../web/site/script/feedback/kept.ts';

let kept: Record<string, string>;
beforeEach(() => {
  kept = {};
  const storage = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, value: string) => {
      kept[key] = value;
    },
    removeItem: (key: string) => delete kept[key],
  };
  // As in a browser, its keys are its own.
  vi.stubGlobal(
    'localStorage',
    new Proxy(storage, {
      ownKeys: () => Object.keys(kept),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }),
  );
});
afterEach(() => vi.unstubAllGlobals());

/** Opens an attendee's page. */
function open(token: string, name: string, until = 2000): void {
  const dataset = { event: 'forum', feedback: token, until: String(until), name };
  vi.stubGlobal('document', { querySelector: () => ({ dataset }) });
  keepToken();
}

describe('who answers in a browser', () => {
  it('is whose page was opened last, by a name with whatever is in it', () => {
    open('forum.A.1', 'Sok  Dara "<b>');
    open('forum.B.2', 'ចាន់ ដារ៉ា');
    expect(keptAnswering('forum')).toEqual({ token: 'forum.B.2', name: 'ចាន់ ដារ៉ា' });
    open('forum.A.1', 'Sok  Dara "<b>');
    expect(keptAnswering('forum')).toEqual({ token: 'forum.A.1', name: 'Sok  Dara "<b>' });
    expect(keptAnswering('other')).toBeUndefined();
  });

  it('is known without a name where the token alone was kept before', () => {
    kept['feedback:forum'] = 'forum.A.1';
    expect(keptAnswering('forum')).toEqual({ token: 'forum.A.1', name: '' });
  });

  it('is forgotten with the link, but not whoever came after', () => {
    open('forum.A.1', 'Sok Sample');
    forgetToken('forum', 'forum.B.2');
    expect(keptAnswering('forum')).toBeDefined();
    forgetToken('forum', 'forum.A.1');
    expect(kept).toEqual({});
  });

  it('is forgotten once nothing is to be answered any more; what was answered is not', () => {
    open('forum.A.1', 'Sok Sample', 2000);
    kept['feedback:old'] = 'old.A.1';
    kept['feedback:forum/event/A'] = '"answered"';
    kept['typed'] = 'forum.A.1 1 x';
    forgetOver(1999);
    expect(Object.keys(kept)).toHaveLength(4);
    forgetOver(2000);
    expect(Object.keys(kept).sort()).toEqual(['feedback:forum/event/A', 'feedback:old', 'typed']);
  });

  it('is not asked for in a browser that keeps nothing', () => {
    vi.stubGlobal('localStorage', undefined);
    forgetOver(2000);
    open('forum.A.1', 'Sok Sample');
    expect(keptAnswering('forum')).toBeUndefined();
  });
});

describe('the name that is kept', () => {
  it.each([
    [{ badgeName: 'Dara Sok', fullName: 'Sok Dara' }, 'Dara Sok'],
    [{ badgeName: '', fullName: 'Sok Dara' }, 'Sok Dara'],
    [{ badgeName: 'Dara  Sok', fullName: 'Sok Dara', ageBand: 'minor' as const }, 'D. S.'],
    [{ badgeName: 'សុខ ដារ៉ា', fullName: 'Sok Dara', ageBand: 'minor' as const }, 'សុ. ដា.'],
    [{ badgeName: '', fullName: '👩‍👧 x', ageBand: 'minor' as const }, '👩‍👧. x.'],
  ])('is that of the badge, and of someone under 18 its letters', (who, name) => expect(nameInBrowser(who)).toBe(name));
});

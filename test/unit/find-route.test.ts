import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathPattern, routeFinder, sharedMethods } from '../../shared/kernel/http/find-route.ts';
import { methodsOf, type Route } from '../../shared/kernel/route.ts';
import { ROUTES } from '../../shared/routes.ts';

const find = routeFinder(ROUTES);
const CONTRACT = Object.entries<Route>(ROUTES);

describe('a pattern of a path', () => {
  it.each([
    ['/e/{eventId}', '/e/forum', { eventId: 'forum' }],
    ['/e/{eventId}', '/e/a b\u0000', { eventId: 'a b\u0000' }],
    ['/e/{eventId}', '/e/{eventId}', { eventId: '{eventId}' }],
    ['/e/{eventId}', '/e/', undefined],
    ['/e/{eventId}', '/e/forum/', undefined],
    ['/e/{eventId}', '/E/forum', undefined],
    ['/e/{eventId}', 'e/forum', undefined],
    ['/m/{token}/certificate.pdf', '/m/x/certificateXpdf', undefined],
    ['/', '/', {}],
    ['/', '', undefined],
    ['/a/{id}/{proxy+}', '/a/1/b', { id: '1', proxy: 'b' }],
    ['/a/{id}/{proxy+}', '/a/1/b//c/', { id: '1', proxy: 'b//c/' }],
    ['/a/{id}/{proxy+}', '/a/1/', undefined],
    ['/a/{id}/{proxy+}', '/a/1', undefined],
    ['/a/{id}/{proxy+}', '/a//b', undefined],
  ])('%s of %s', (pattern, path, parameters) => {
    expect(pathPattern(pattern).match(path)).toEqual(parameters);
  });
});

describe('the route of a method and a path', () => {
  it('is each of the contract, with what its variables hold', () => {
    for (const [id, route] of CONTRACT) {
      const path = route.path.replace(/\{(\w+)\}/g, '<$1>');
      const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      for (const method of methodsOf(route)) {
        expect(find(method, path)).toEqual({
          ...{ kind: 'route', id, route },
          params: Object.fromEntries(names.map((name) => [name, `<${name}>`])),
        });
      }
    }
  });

  it('of two that fit is the one with fewer variables, whatever stands first', () => {
    const common = { method: 'GET', function: 'site', kind: 'page', auth: 'public', summary: '', errors: [] } as const;
    const any = { ...common, path: '/a/{id}' } as const;
    const one = { ...common, path: '/a/one' } as const;
    for (const routes of [
      { any, one },
      { one, any },
    ]) {
      const chosen = routeFinder(routes);
      expect(chosen('GET', '/a/one')).toMatchObject({ id: 'one' });
      expect(chosen('GET', '/a/two')).toMatchObject({ id: 'any' });
      expect(chosen('POST', '/a/one')).toMatchObject({ kind: 'other-method', route: one });
    }
  });

  it('is none for another method: that names every method of the path, also those of other functions', () => {
    const site = routeFinder(Object.fromEntries(CONTRACT.filter(([, route]) => route.function === 'site')));
    expect(site('DELETE', '/e/forum/register')).toMatchObject({ kind: 'other-method', allow: ['GET', 'HEAD', 'POST'] });
    expect(site('post', '/e/forum')).toMatchObject({ kind: 'other-method', allow: ['GET', 'HEAD'] });
    expect(find('OPTIONS', '/api/registration')).toMatchObject({ allow: ['GET', 'HEAD', 'PATCH', 'DELETE'] });
  });

  it('is that of a variable where the word itself has another method', () => {
    const messages = '/api/organiser/events/forum/messages';
    expect(find('POST', `${messages}/preview`)).toMatchObject({ id: 'previewMessage' });
    expect(find('GET', `${messages}/preview`)).toMatchObject({ id: 'showMessage', params: { messageId: 'preview' } });
    expect(find('DELETE', `${messages}/preview`)).toMatchObject({ allow: ['GET', 'HEAD', 'POST', 'PUT'] });
  });

  it('is found or not for any text, and never fails', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('/', '//', '/e/../m/x', '/__proto__'),
    );
    fc.assert(
      fc.property(fc.string(), text, (method, path) => {
        expect(['route', 'other-method', 'unknown-path']).toContain(find(method, path).kind);
      }),
    );
  });
});

it('what a function is told of paths that it shares is what the contract says', () => {
  for (const path of new Set(CONTRACT.map(([, route]) => route.path))) {
    const rows = CONTRACT.map(([, route]) => route).filter((route) => route.path === path);
    const isShared = new Set(rows.map((route) => route.function)).size > 1;
    expect([path, [...sharedMethods(path)].sort()]).toEqual([
      path,
      isShared ? [...new Set(rows.map(({ method }) => method))].sort() : [],
    ]);
  }
  expect(sharedMethods('toString')).toEqual([]);
});

import { expect, it } from 'vitest';
import {
  encodeBase45,
  eventFingerprint,
  parseTicket,
  type TicketTrust,
  ticketBody,
} from '../../shared/ticket/ticket.ts';
import { trustedKeys } from '../../shared/ticket/ticket-key.ts';
import { EVENT, makeIssuer } from './ticket-fixture.ts';

/** `FUZZ_INPUTS=1000` tries fewer: where what is tried out is the Node it runs on. */
const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 1_000_000);
/** One in this many has a key that is trusted, so that its signature has to be verified, which is what takes time. */
const VERIFIED = 50;
const SEED = 20271102;

it(`judges ${INPUTS} inputs without an exception, and takes none for valid (TK2)`, { timeout: 600_000 }, async () => {
  const issuer = await makeIssuer();
  const trust: TicketTrust = {
    keys: await trustedKeys([issuer.raw]),
    event: await eventFingerprint(EVENT),
    type: 1,
    now: new Date('2027-11-02T02:00:00Z'),
  };
  const makers = [...cheapInputs(issuer.issue()), ...cheapInputs(issuer.issue({ type: 2 }))];
  const forge = forgeries(ticketBody(issuer.fields));
  const kinds: Record<string, number> = {};
  for (let index = 0; index < INPUTS; index += 1) {
    const make = index % VERIFIED === 0 ? forge : makers[index % makers.length];
    const { kind } = await parseTicket(make?.() ?? '', trust);
    kinds[kind] = (kinds[kind] ?? 0) + 1;
  }
  expect(Object.keys(kinds).sort()).toEqual(['invalid', 'not-a-ticket', 'unknown-key', 'update-app']);
});

const random = mulberry32(SEED);
const below = (limit: number): number => Math.floor(random() * limit);
const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => below(256));

/** Text and bytes of every sort, and a genuine ticket with something changed where that is found out early. */
function cheapInputs(code: string): (() => string)[] {
  return [
    () => String.fromCharCode(...Array.from({ length: below(40) }, () => below(0x10000))),
    () => `PLN1:${String.fromCharCode(...Array.from({ length: below(160) }, () => 32 + below(64)))}`,
    () => `PLN1:${encodeBase45(bytes(below(120)))}`,
    () => `PLN1:${encodeBase45(Uint8Array.of(1, ...bytes(93)))}`,
    () => code.slice(0, below(code.length)),
    () => code.slice(0, 5 + below(8)) + String.fromCharCode(below(128)) + code.slice(14),
    () => code.repeat(below(40)),
    () => `PLN${below(10)}${code.slice(4 + below(3))}`,
  ].map((make) => () => {
    const made = make();
    return made === code ? '' : made;
  });
}

/** Well-formed tickets of a trusted key with a random signature, or with random contents too. */
function forgeries(body: Uint8Array): () => string {
  return () => {
    const contents = random() < 0.5 ? body : Uint8Array.of(...body.subarray(0, 5), ...bytes(25));
    return `PLN1:${encodeBase45(Uint8Array.of(...contents, ...bytes(64)))}`;
  };
}

/** A small generator with a seed, so that a failure can be repeated (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

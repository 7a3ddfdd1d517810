import { expect, it } from 'vitest';
import { deskAnswers, newDesk, written } from '../support/door/answers.ts';
import { courseOf } from '../support/door/course.ts';
import { sampleEvent } from '../support/door/event.ts';
import { simulatedPhone, type World } from '../support/door/simulated-phone.ts';

const START = Date.UTC(2027, 10, 2, 3);

it('a phone that became a device of another event believes nothing of an answer that was on its way to the one before', async () => {
  const event = await sampleEvent(START);
  const [first, second] = [newDesk(), newDesk()];
  const guest = await event.invite(0);
  first.guests.push(guest);
  const [before, after] = [first, second].map((desk) => deskAnswers(event, desk, () => START)) as [
    ReturnType<typeof deskAnswers>,
    ReturnType<typeof deskAnswers>,
  ];
  let answers = before;
  let holdsUp: Promise<void> | undefined;
  let isAsked = false;
  const world: World = {
    ...{ course: courseOf(1), now: START, late: [] },
    async serve(path, { headers, body }) {
      const asked = typeof body === 'string' ? JSON.parse(body) : undefined;
      const { status, type, text } = written(answers.answer(path, Object.fromEntries(new Headers(headers)), asked));
      if (path.includes('/roster')) {
        isAsked = holdsUp !== undefined;
        await holdsUp;
      }
      return new Response(text, { status, headers: { 'content-type': type, date: new Date(START).toUTCString() } });
    },
  };
  const [other, phone] = [await simulatedPhone(world, 0), await simulatedPhone(world, 0)];
  for (const each of [other, phone]) {
    await each.engine().enrol(before.offer());
    await each.engine().sync();
  }
  await other.engine().chooseDoor('entrance');
  expect(await other.engine().read(guest.code)).toMatchObject({ kind: 'admit' });
  await other.engine().sync();

  let arrive = (): void => undefined;
  holdsUp = new Promise((done) => {
    arrive = done;
  });
  const underWay = phone.engine().sync();
  await expect.poll(() => isAsked).toBe(true);
  answers = after;
  await phone.engine().enrol(after.offer());
  arrive();
  await underWay;
  await phone.engine().sync();
  await phone.engine().chooseDoor('entrance');
  expect(phone.engine().snapshot()).toMatchObject({ people: 0, counts: { came: 0 } });
});

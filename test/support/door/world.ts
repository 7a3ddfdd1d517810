import { deskAnswers, newDesk, written } from './answers.ts';
import type { Course } from './course.ts';
import type { SampleEvent } from './event.ts';
import type { World } from './simulated-phone.ts';

/** A server at the doors of an event, in a world whose time is a test's. @param now when it begins, epoch milliseconds */
export function doorWorld(event: SampleEvent, course: Course, now: number) {
  const desk = newDesk();
  const world: World = {
    course,
    now,
    late: [],
    async serve(path, { headers, body }) {
      const asked = typeof body === 'string' ? JSON.parse(body) : undefined;
      const { status, type, text } = written(answers.answer(path, Object.fromEntries(new Headers(headers)), asked));
      const date = new Date(world.now).toUTCString();
      return new Response(text, { status, headers: { 'content-type': type, date } });
    },
  };
  const answers = deskAnswers(event, desk, () => world.now);
  return { world, desk, offer: answers.offer };
}

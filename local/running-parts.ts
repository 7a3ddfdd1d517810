interface Stoppable {
  stop(): Promise<unknown>;
}

/** What was started so far. The last part to start is the first to stop: nothing outlives what it depends on. */
export class RunningParts {
  readonly #parts: Stoppable[] = [];

  add<T extends Stoppable>(part: T): T {
    this.#parts.push(part);
    return part;
  }

  async stop(): Promise<void> {
    for (let part = this.#parts.pop(); part !== undefined; part = this.#parts.pop()) await part.stop();
  }
}

/** Something the person at the keyboard can put right: shown as its message alone, without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

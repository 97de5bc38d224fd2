import * as api from '$lib/api';

type EventName = Parameters<typeof api.onEvent>[0];

/** A state that Go has, and tells of when it is another: an older one never replaces a newer one. */
export class Told<T> {
  #now: T;
  #asked = 0;
  #answered = 0; // the newest question whose answer counted

  constructor(
    private readonly none: T,
    private readonly ask: () => Promise<T>,
    /** Called with each state that came. */
    private readonly ontold: (now: T, before: T) => void = () => undefined,
  ) {
    this.#now = $state.raw(none);
  }

  get now(): T {
    return this.#now;
  }

  /** Follows Go until the returned function is called. */
  follow(event: EventName): () => void {
    const stop = api.onEvent(event, () => void this.read());
    void this.read();
    return () => {
      stop();
      this.drop();
    };
  }

  /** Once it resolves, the state is as new as this call, if it can be read at all. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const now = await this.ask();
      if (asked <= this.#answered) return;
      this.#answered = asked;
      const before = this.#now;
      this.#now = now;
      this.ontold(now, before);
    } catch {
      // The next change asks again.
    }
  }

  /** Waits for what changes it, also when that fails, and reads it: it may be over already. */
  async after<A>(answer: Promise<A>): Promise<A> {
    try {
      return await answer;
    } finally {
      await this.read();
    }
  }

  /** Takes a state that is as new as can be; an answer that is under way may be of before. */
  take(now: T): void {
    this.#answered = this.#asked;
    this.#now = now;
  }

  /** Forgets it, and lets no answer through until the next question. */
  drop(): void {
    this.take(this.none);
  }
}

import * as api from '$lib/api';
import { Latest } from '$lib/latest';

const pause = 120; // milliseconds without a key before a password is measured

/** Measures a password as it is typed; older answers never replace newer ones. */
export class Measure {
  #strength = $state.raw<api.Strength | null>(null);
  #latest = new Latest();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get strength(): api.Strength | null {
    return this.#strength;
  }

  /** Measures soon. Known words, such as the username, make a password weaker. */
  of(password: string, known: string[]): void {
    clearTimeout(this.#timer);
    const isNewest = this.#latest.ask();
    if (password === '') {
      this.#strength = null;
      return;
    }
    this.#timer = setTimeout(() => {
      api.passwordStrength(password, known).then(
        (strength) => {
          if (isNewest()) this.#strength = strength;
        },
        () => {
          // The meter stays as it was; choosing the password tells what is wrong.
        },
      );
    }, pause);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#latest.drop();
  }
}

import { untrack } from 'svelte';

import { toasts } from '$lib/state/toasts.svelte';

import { belongsToFields, matches, typesText } from './keys';
import { described, type ActionID, type MenuTitle } from './titles';

/** What an action does, where its state lives. */
export interface Handler {
  run: () => unknown;
  /** Other words than its title, where they are true now. */
  title?: () => string;
  /** Whether it is there at all, for this workspace and whoever is signed in. */
  here?: () => boolean;
  /** Why it can't be done right now; empty when it can. */
  refusal?: () => string;
  /** What it would be done to, such as the customer of the active row. */
  object?: () => string;
}

export type Handlers = Partial<Record<ActionID, Handler>>;

/** An action that is there. With a refusal it is shown, says why, and does nothing. */
export interface Offered {
  id: string;
  menu: MenuTitle;
  title: string;
  /** What it is looked for by: never the names of customers that its title may hold. */
  plainTitle: string;
  object: string;
  keys: readonly string[];
  words: string;
  refusal: string;
}

/** One of several alike that only the moment knows, such as a workspace to open. */
export interface Extra {
  id: string;
  menu: MenuTitle;
  title: string;
  object?: string;
  words?: string;
  run: () => unknown;
}

/** Everything that can be done: for the palette, the shortcuts and the menus. */
class Actions {
  #handlers = $state.raw<readonly Handlers[]>([]);
  #extras = $state.raw<readonly (() => readonly Extra[])[]>([]);

  /** What there is, in the order of the menus, then what only the moment knows. */
  get offered(): readonly Offered[] {
    const fixed = described.flatMap((action) => {
      const handler = this.#handler(action.id);
      if (!handler) return [];
      return {
        ...action,
        plainTitle: action.title,
        title: handler.title?.() ?? action.title,
        object: handler.object?.() ?? '',
        refusal: handler.refusal?.() ?? '',
      };
    });
    const moment = this.#allExtras().map(({ id, menu, title, object = '', words = '' }) => {
      return { id, menu, title, plainTitle: title, object, words, keys: [], refusal: '' };
    });
    return [...fixed, ...moment];
  }

  /** Says what actions do until the returned function is called: $effect(() => actions.provide(…)). */
  provide(handlers: Handlers): () => void {
    untrack(() => (this.#handlers = [...this.#handlers, handlers]));
    return () => {
      this.#handlers = this.#handlers.filter((other) => other !== handlers);
    };
  }

  /** The same for actions that only the moment knows. */
  provideExtras(extras: () => readonly Extra[]): () => void {
    untrack(() => (this.#extras = [...this.#extras, extras]));
    return () => {
      this.#extras = this.#extras.filter((other) => other !== extras);
    };
  }

  isHere(id: ActionID): boolean {
    return this.#handler(id) !== undefined;
  }

  /** Why an action can't be done right now; empty when it can, or is not there. */
  refusal(id: ActionID): string {
    return this.#handler(id)?.refusal?.() ?? '';
  }

  /** Does it, or says why it can't be done. What is not there does nothing. */
  run(id: string): void {
    const handler = this.#handler(id) ?? this.#allExtras().find((extra) => extra.id === id);
    if (!handler) return;
    const refusal = 'refusal' in handler ? (handler.refusal?.() ?? '') : '';
    if (refusal !== '') {
      toasts.show({ text: refusal });
      return;
    }
    void this.#do(handler.run);
  }

  /** The action that a key press asks for; undefined for none. */
  pressed(event: KeyboardEvent): ActionID | undefined {
    if (event.defaultPrevented || event.isComposing) return undefined;
    const typing = typesText(event.target);
    const wanted = described.find(({ keys }) =>
      keys.some((key) => matches(event, key) && !(typing && belongsToFields(key))),
    );
    return wanted && this.isHere(wanted.id) ? wanted.id : undefined;
  }

  async #do(run: () => unknown): Promise<void> {
    try {
      await run();
    } catch (reason) {
      toasts.showError(reason);
    }
  }

  // The newest that says what it does: what is on top of the window.
  #handler(id: string): Handler | undefined {
    const handler = this.#handlers.findLast((handlers) => id in handlers)?.[id as ActionID];
    return handler && (handler.here?.() ?? true) ? handler : undefined;
  }

  #allExtras(): readonly Extra[] {
    return this.#extras.flatMap((extras) => extras());
  }
}

export const actions = new Actions();

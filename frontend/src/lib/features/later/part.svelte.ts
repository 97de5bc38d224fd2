import type { Component } from 'svelte';

type Props = Record<string, unknown>;

/** A part of the page that has a file of its own, which the first list does without. */
export class Part<Given extends Props = Record<string, never>> {
  #component = $state.raw<Component<Given> | null>(null);
  #failed = $state(false);
  #loading: Promise<void> | undefined;

  constructor(private readonly fetch: () => Promise<{ default: Component<Given> }>) {}

  /** Null until it was loaded. */
  get component(): Component<Given> | null {
    return this.#component;
  }

  /** What could not be loaded once is not asked for again by the same page. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Never rejects: see failed. */
  load(): Promise<void> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.#component = (await this.fetch()).default;
    } catch {
      this.#failed = true;
    }
  }
}

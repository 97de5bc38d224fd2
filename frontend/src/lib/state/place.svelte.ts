/** A screen of the open workspace. */
export type PlaceName = 'customers' | 'overview';

/** Which screen of the open workspace is shown. */
class Place {
  #name = $state<PlaceName>('customers');

  get name(): PlaceName {
    return this.#name;
  }

  go(name: PlaceName): void {
    this.#name = name;
  }
}

export const place = new Place();

import * as api from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';
import { move } from '$lib/state/move.svelte';

const anybody: api.Query = {
  text: '',
  status: '',
  created_from: 0,
  created_to: 0,
  sort: 'name',
  descending: false,
  offset: 0,
  limit: 1, // only the counts matter
};

/** What is typed to begin a move. It stays when that fails. */
export class MoveForm {
  values = $state<api.Connection>({ address: '', username: '', password: '' });
  mailPending = $state(false);
  readonly attempt = new Attempt(['address', 'username', 'password']);
  #pending = $state<number>();

  get dirty(): boolean {
    const { address, username, password } = this.values;
    return address !== '' || username !== '' || password !== '' || this.mailPending;
  }

  /** How many customers are Pending Activate; undefined while that is not known. */
  get pending(): number | undefined {
    return this.#pending;
  }

  async count(): Promise<void> {
    try {
      this.#pending = (await api.listCustomers(anybody)).counts.pending_activate;
    } catch {
      // The choice is offered without the number.
    }
  }

  /** Begins the move; whether it runs. */
  async begin(): Promise<boolean> {
    const { address, username, password } = $state.snapshot(this.values);
    const begun = await this.attempt.run(() =>
      move.start({
        address: address.trim(),
        username: username.trim(),
        password,
        mail_pending: this.mailPending,
      }),
    );
    if (begun) this.values.password = '';
    return begun;
  }
}

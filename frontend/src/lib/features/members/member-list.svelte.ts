import * as api from '$lib/api';
import { Latest } from '$lib/latest';

/** The members as the owner sees them, and who of them may sign in. */
export class MemberList {
  #all = $state.raw<readonly api.Member[]>([]);
  #loading = $state(true);
  #failure = $state('');
  #asked = $state.raw<api.Member | null>(null);
  #busy = $state('');
  #refused = $state.raw<{ id: string; message: string } | null>(null);
  #latest = new Latest();

  get all(): readonly api.Member[] {
    return this.#all;
  }

  get loading(): boolean {
    return this.#loading;
  }

  /** Why the members can't be read. */
  get failure(): string {
    return this.#failure;
  }

  /** Whom the user is asked about before disabling; null for nobody. */
  get asked(): api.Member | null {
    return this.#asked;
  }

  /** The id of the member who is being disabled or enabled; empty for none. */
  get busy(): string {
    return this.#busy;
  }

  /** Why the Back Office did not disable or enable this member; empty when it did. */
  refusal(id: string): string {
    return this.#refused?.id === id ? this.#refused.message : '';
  }

  async load(): Promise<void> {
    const isNewest = this.#latest.ask();
    try {
      const all = await api.members();
      if (!isNewest()) return;
      this.#all = all;
      this.#failure = '';
    } catch (reason) {
      if (isNewest()) this.#failure = api.toAppError(reason).message;
    } finally {
      if (isNewest()) this.#loading = false;
    }
  }

  ask(member: api.Member): void {
    this.#refused = null;
    this.#asked = member;
  }

  keep(): void {
    this.#asked = null;
  }

  /** Disables whom the user was asked about. Who it was, when it was done. */
  async disable(): Promise<api.Member | null> {
    const member = this.#asked;
    if (!member || !(await this.#set(member, true))) return null;
    return member;
  }

  enable(member: api.Member): Promise<boolean> {
    return this.#set(member, false);
  }

  async #set(member: api.Member, disabled: boolean): Promise<boolean> {
    if (this.#busy !== '') return false;
    this.#busy = member.id;
    this.#refused = null;
    try {
      await api.changeMember(member.id, { disabled });
    } catch (reason) {
      this.#refused = { id: member.id, message: api.toAppError(reason).message };
      return false;
    } finally {
      this.#busy = '';
      this.#asked = null;
    }
    await this.load();
    return true;
  }
}

import * as api from '$lib/api';
import { Latest } from '$lib/latest';

/**
 * Which screen the window shows and whose customers. Every method that changes
 * it rejects with an AppError and leaves it as it was.
 */
class Workspace {
  #state = $state.raw<api.WorkspaceState | null>(null);
  #failure = $state.raw<api.AppError | null>(null);
  #reading: Promise<void> = Promise.resolve();
  #latest = new Latest();

  /** Undefined until Go has answered. */
  get screen(): api.Screen | undefined {
    return this.#failure ? 'problem' : this.#state?.screen;
  }

  get info(): api.WorkspaceInfo | undefined {
    return this.#state?.workspace;
  }

  /** One name for each workspace that was ever open: another one is another list. */
  get key(): string {
    return `${this.info?.kind ?? ''}/${this.info?.id ?? ''}`;
  }

  /** The workspaces of this computer, but not the sample. */
  get known(): readonly api.KnownWorkspace[] {
    return this.#state?.known ?? [];
  }

  /** Those that can be opened instead of the open one. */
  get others(): readonly api.KnownWorkspace[] {
    return this.known.filter(({ open }) => !open);
  }

  /** Whether its Back Office is on this computer, and no sample. */
  get isLocal(): boolean {
    return this.info?.kind === 'local';
  }

  get isShared(): boolean {
    return this.info?.kind === 'shared';
  }

  get isSample(): boolean {
    return this.#state?.workspace.kind === 'sample';
  }

  /** Whether who is signed in may not add or change customers, by role; see rights. */
  get looksOnly(): boolean {
    return this.info?.role === 'support';
  }

  get mayManageMembers(): boolean {
    return this.isShared && this.info?.role === 'owner';
  }

  get signedIn(): boolean {
    return this.#state?.signed_in ?? false;
  }

  /** What is wrong with the OS keyring; null when it works. */
  get keyring(): api.FieldError | null {
    return this.#state?.keyring ?? null;
  }

  /** Why the data can't be opened, on the problem screen. */
  get problem(): api.FieldError | null {
    return this.#failure ?? this.#state?.problem ?? null;
  }

  /** When the backup was made that restoreBackup goes back to; zero for none. */
  get backup(): api.Time {
    return this.#failure ? 0 : (this.#state?.backup ?? 0);
  }

  get version(): string {
    return this.#state?.version ?? '';
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('workspace:state', () => void this.#read());
    void this.#read();
    return () => {
      stop();
      this.#latest.drop();
    };
  }

  useThisComputer(owner: api.Owner): Promise<void> {
    return this.#take(api.useThisComputer(owner));
  }

  useSample(): Promise<void> {
    return this.#take(api.useSample());
  }

  connect(to: api.Connection): Promise<void> {
    return this.#take(api.connect(to));
  }

  open(id: string): Promise<void> {
    return this.#take(api.openWorkspace(id));
  }

  /** Removes a shared one from this computer. With dropChanges, unsent changes go too. */
  forget(id: string, dropChanges: boolean): Promise<void> {
    return this.#take(api.forgetWorkspace(id, dropChanges));
  }

  signOut(): Promise<void> {
    return this.#take(api.signOut());
  }

  leave(): Promise<void> {
    return this.#take(api.leaveWorkspace());
  }

  restoreBackup(): Promise<void> {
    return this.#take(api.restoreBackup());
  }

  signIn(password: string): Promise<void> {
    return this.#take(api.signIn(password));
  }

  workOffline(): Promise<void> {
    return this.#take(api.workOffline());
  }

  checkKeyring(): Promise<void> {
    return this.#take(api.checkKeyring());
  }

  // What an answer says may be over already when it comes.
  async #take(answer: Promise<api.WorkspaceState>): Promise<void> {
    await answer;
    await this.#read();
  }

  // An answer that was overtaken says nothing: what is true comes with the newest.
  async #read(): Promise<void> {
    this.#reading = this.#ask();
    for (let last; last !== this.#reading;) {
      last = this.#reading;
      await last;
    }
  }

  async #ask(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const state = await api.state();
      if (!newest()) return;
      this.#state = state;
      this.#failure = null;
    } catch (reason) {
      // With nothing known there is nothing to show; else the next change asks again.
      if (newest() && !this.#state) this.#failure = api.toAppError(reason);
    }
  }
}

export const workspace = new Workspace();

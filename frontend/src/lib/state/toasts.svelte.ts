import { toAppError } from '$lib/api';

export type Tone = 'info' | 'success' | 'danger';

/** What can be done about a message. */
export interface ToastAction {
  label: string;
  run: () => unknown;
}

interface Toast {
  id: number;
  text: string;
  tone: Tone;
  action: ToastAction | null;
}

const shownFor = 6_000; // milliseconds, at least
const perCharacter = 70; // milliseconds
const toAct = 6_000; // milliseconds more, where there is something to do
const atMost = 3;

/** Short messages at the foot of the window. They never take the focus. */
class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #last = 0;

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Returns its id. */
  show({
    text,
    tone = 'info',
    action = null,
  }: {
    text: string;
    tone?: Tone;
    action?: ToastAction | null;
  }): number {
    const id = ++this.#last;
    for (const { id: old } of this.#list.slice(0, 1 - atMost)) this.dismiss(old);
    this.#list = [...this.#list, { id, text, tone, action: action && this.#safe(action) }];
    this.resume(id);
    return id;
  }

  /** What goes wrong with it is told like everything else. */
  #safe({ label, run }: ToastAction): ToastAction {
    const attempt = async (): Promise<void> => {
      try {
        await run();
      } catch (reason) {
        this.showError(reason);
      }
    };
    return { label, run: () => void attempt() };
  }

  /** Shows what went wrong in the words it was told with. */
  showError(reason: unknown): void {
    this.show({ text: toAppError(reason).message, tone: 'danger' });
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** Keeps a toast while it is pointed at or has the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  resume(id: number): void {
    this.hold(id);
    const toast = this.#list.find((shown) => shown.id === id);
    if (!toast) return;
    const timer = setTimeout(
      () => {
        this.dismiss(id);
      },
      Math.max(shownFor, toast.text.length * perCharacter) + (toast.action ? toAct : 0),
    );
    this.#timers.set(id, timer);
  }
}

export const toasts = new Toasts();

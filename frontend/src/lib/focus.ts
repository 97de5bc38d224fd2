import { tick } from 'svelte';

/** Puts the focus on the screen itself, when what had it is gone. */
export function focusMain(): void {
  document.querySelector<HTMLElement>('main')?.focus();
}

/** Puts the focus on an item of a list, or the last when there are fewer, or on the list. */
export async function focusItem(list: HTMLElement | null, index: number): Promise<void> {
  await tick();
  const items = list?.querySelectorAll<HTMLElement>('[data-item]') ?? [];
  (items[Math.min(index, items.length - 1)] ?? list)?.focus();
}

/** Puts the focus on the first field in here that is shown as wrong; whether there is one. */
export async function focusWrong(within: HTMLElement | null): Promise<boolean> {
  await tick();
  const wrong = within?.querySelector<HTMLElement>('[aria-invalid="true"]');
  wrong?.focus();
  return Boolean(wrong);
}

/**
 * Puts the focus on the first control to fill in, marked data-autofocus on it or
 * around it, or on the whole. Among those that may be filled in already
 * (data-autofocus="empty") it is the first empty one.
 */
export async function focusFirst(within: HTMLElement | null): Promise<void> {
  await tick();
  const target = within?.querySelector<HTMLElement>(
    '[data-autofocus]:is(input, select, button), [data-autofocus] :is(input, select, button)',
  );
  const empty = Array.from(
    within?.querySelectorAll<HTMLInputElement>('[data-autofocus="empty"] input') ?? [],
  ).find((input) => input.value === '');
  (empty ?? target ?? within)?.focus();
}

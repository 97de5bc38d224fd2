export { default as Confirm } from './Confirm.svelte';
export { default as InlineConfirm } from './InlineConfirm.svelte';

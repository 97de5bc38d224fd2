export { default as Confirm } from './Confirm.svelte';

export { default as Popover } from './Popover.svelte';

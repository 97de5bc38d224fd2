export { default as StatusChip } from './StatusChip.svelte';

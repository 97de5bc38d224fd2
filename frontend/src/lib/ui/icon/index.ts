export { default as CopiedIcon } from './CopiedIcon.svelte';

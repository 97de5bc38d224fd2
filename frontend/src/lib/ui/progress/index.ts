export { default as Progress } from './Progress.svelte';

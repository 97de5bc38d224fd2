export { default as Toaster } from './Toaster.svelte';

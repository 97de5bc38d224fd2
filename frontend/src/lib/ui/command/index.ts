export { default as CommandFrame } from './CommandFrame.svelte';

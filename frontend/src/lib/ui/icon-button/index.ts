export { default as IconButton } from './IconButton.svelte';
export { default as PlainIconButton } from './PlainIconButton.svelte';

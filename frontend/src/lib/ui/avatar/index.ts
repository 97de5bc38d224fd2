export { default as Avatar } from './Avatar.svelte';
export { hueOf, initials } from './initials';

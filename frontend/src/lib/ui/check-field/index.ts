export { default as CheckField } from './CheckField.svelte';

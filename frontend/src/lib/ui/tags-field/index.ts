export { default as TagsField } from './TagsField.svelte';

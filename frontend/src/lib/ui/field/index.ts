export { default as Field } from './Field.svelte';
export type { FieldFrame, FieldParts } from './types';

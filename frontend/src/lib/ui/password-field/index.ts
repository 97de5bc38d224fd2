export { default as PasswordField } from './PasswordField.svelte';
export { default as StrengthMeter } from './StrengthMeter.svelte';

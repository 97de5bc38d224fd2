export * from './calls';
export { AppError, toAppError } from './error';
export { onEvent, type AppEvents } from './events';
export * from './types';

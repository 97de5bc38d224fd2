export * from './calls';
export { AppError, toAppError } from './error';
export { onEvent, takeDrops, type AppEvents } from './events';
export * from './tables';
export * from './types';

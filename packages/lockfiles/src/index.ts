/**
 * Lockfiles in, changed packages out.
 *
 * @packageDocumentation
 */

export * from './compareLockfiles';
export * from './LockfileError';
export * from './readLockfile';
export { recognizeLockfile } from './recognizeLockfile';

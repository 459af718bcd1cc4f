import { type Operation } from '../../src/onec/contract';

/** Every operation of the contract, bot to accounting system. */
export const OPERATION_NAMES = [
  'ping',
  'identify',
  'link',
  'unlink',
  'products',
  'stock',
  'prices',
  'orders',
  'payments',
  'reconciliation',
] as const satisfies readonly Operation[];

/** @returns whether the contract has an operation of this name */
export function isOperation(name: string): name is Operation {
  return (OPERATION_NAMES as readonly string[]).includes(name);
}

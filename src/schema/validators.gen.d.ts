/** The schemas and their compiled checks by name, written by `src/build/schemas.ts`; each is made on first use. */
import type { ErrorObject } from 'ajv';

export interface Validate {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
}

export const schemas: Readonly<Record<string, () => object>>;
export const validators: Readonly<Record<string, () => Validate>>;

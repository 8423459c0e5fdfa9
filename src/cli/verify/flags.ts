import type { Format } from '../format.js';
import type { SecretFlags } from '../secrets.js';

export interface VerifyFlags extends SecretFlags {
  readonly digest?: string;
  readonly from?: string;
  readonly bodyField?: string;
  readonly digestField?: string;
  readonly allowUnsigned?: boolean;
  readonly alsoSecret?: readonly string[];
  readonly alsoSecretEnv?: readonly string[];
  readonly format: Format;
}

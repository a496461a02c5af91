/** What each repair command can be asked. */
import type { RepairOptions } from '../repair-command.ts';

export interface AuditOptions {
  readonly stage?: string;
  readonly json: boolean;
  readonly day?: string;
}

export interface ListLettersOptions {
  readonly stage?: string;
  readonly json: boolean;
  readonly peek: number;
}

export interface RedriveLettersOptions extends RepairOptions {
  readonly limit: number;
}

export interface WantedOptions {
  readonly refusedFor?: string;
  readonly from?: string;
  readonly until?: string;
}

export interface ListKeptOptions extends WantedOptions {
  readonly stage?: string;
  readonly json: boolean;
  readonly limit: string;
}

export interface DeedOptions extends RepairOptions, WantedOptions {}

export interface ReconcileOptions extends RepairOptions {
  readonly book?: string;
}

export interface VerifyOptions {
  readonly stage?: string;
  readonly json: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly keep?: string;
  readonly replay: boolean;
  readonly book?: string;
  readonly rate: number;
}

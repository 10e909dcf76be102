import type { ImportReport } from '../../shared/store/import-report.ts';

/** What an import of accounts and keys did. */
export interface SeedReport {
  readonly accounts: ImportReport;
  readonly keys: ImportReport;
  /** How many accounts the table has now, whatever their state. */
  readonly accountCount: number;
  /** The plain admin key, when one had to be made: nobody can read it again. */
  readonly adminKey?: string;
}

// The shapes of backend/importing, backend/exporting and backend/spreadsheet as JSON.
import type { FieldError, Selection } from './types';

export type FileKind = 'csv' | 'xlsx';
export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Separator = ',' | ';' | '\t' | '|';
export type Quote = '"' | "'" | 'none';

/** How a file is read. As a wish, what is empty is found in the file. */
export interface TableFormat {
  kind: FileKind | '';
  encoding: Encoding | '';
  separator: Separator | '';
  quote: Quote | '';
  sheet: string;
  sheets: string[];
}

export interface Reading {
  format: TableFormat;
  /** Whether the first row names the columns; null: find out. */
  header: boolean | null;
}

export interface ImportColumn {
  name: string;
  /** Where its cells go; empty: nowhere. */
  field: string;
  /** Why a column that is known goes nowhere. */
  note: string;
}

export interface ImportFile {
  name: string;
  /** Empty when the user chose no file. */
  path: string;
  format: TableFormat;
  header: boolean;
  columns: ImportColumn[];
  /** The first ones, without the header. */
  rows: string[][];
  remembered: boolean;
}

export type Existing = 'update' | 'leave';
export type Duplicates = 'first' | 'last' | 'none';

export interface ImportPlan {
  /** Of each column; empty: nowhere. */
  fields: string[];
  existing: Existing;
  duplicates: Duplicates;
  mails: boolean;
}

export type ImportPhase =
  'none' | 'opened' | 'rehearsing' | 'rehearsed' | 'running' | 'stopped' | 'done';

export const rowKinds = ['new', 'changed', 'unchanged', 'duplicate', 'error'] as const;
export type RowKind = (typeof rowKinds)[number];

export interface ImportState {
  phase: ImportPhase;
  done: number;
  /** Zero while it can't be told. */
  total: number;
  totals: Record<RowKind, number>;
  /** How many customers a mail would go out to. */
  mails: number;
  added: number;
  updated: number;
  failures: number;
  problem?: FieldError | null;
}

export interface ImportItem {
  row: number;
  username: string;
  name: string;
  company: string;
  changes: { field: string; from: string; to: string }[];
  reason: string;
  /** Of a duplicate: the row that has the same username. */
  other: number;
}

export interface ImportPage {
  items: ImportItem[];
  total: number;
}

export interface ExportRequest {
  selection: Selection;
  kind: FileKind;
  separator: Separator;
  columns: string[];
}

export interface ExportState {
  phase: 'none' | 'running' | 'stopped' | 'done';
  path: string;
  done: number;
  total: number;
  problem?: FieldError | null;
}

// The public API.
export type { Search, SearchOptions } from './compile-search.js';
export { compileSearch, parseSearch } from './compile-search.js';
export { loadContent } from './content/load.js';
export type { Diagnostic, Severity } from './diagnostic/diagnostic.js';
export { DiagnosticError } from './diagnostic/diagnostic.js';
export type { Environment, EventStore, LookupTable, ScanRequest } from './runtime/environment.js';
export type { FieldValue, Row } from './runtime/value.js';
export { createRow } from './runtime/value.js';
export { printSearch } from './syntax/printer.js';

import type { YAMLError } from 'yaml';
import type { Diagnostic } from '../diagnostic.js';
/** Errors of the YAML composer in plain words, the first of each line only: those that follow are mostly its echo. */
export declare function syntaxDiagnostics(text: string, errors: readonly YAMLError[]): Diagnostic[];

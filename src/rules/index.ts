// The list of all validation rules, by code.
import type { Rule } from './rule.js';

export const rules: readonly Rule[] = [];

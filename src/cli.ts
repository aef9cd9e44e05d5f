#!/usr/bin/env node
// The command line: options in, text and an exit code out. Each command registers itself from src/cli/.
import { createProgram } from './cli/program.js';

await createProgram().run(process.argv.slice(2));

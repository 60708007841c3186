#!/usr/bin/env node
import { makeProgram } from "./cli/program.ts";

await makeProgram().parseAsync();

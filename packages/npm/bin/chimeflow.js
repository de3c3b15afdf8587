#!/usr/bin/env node
"use strict";

// Finds the program in the package for this machine, which npm installed beside this one, and runs it.

const { spawn } = require("node:child_process");
const os = require("node:os");

/** Whether this machine's C library is musl, as on Alpine. */
function usesMusl() {
  if (process.platform !== "linux") return false;
  if (!process.report) return false;
  process.report.excludeNetwork = true; // It would look up the names of all peers of open connections.
  return !process.report.getReport().header.glibcVersionRuntime;
}

/** The name of the package with the program for this machine. */
function packageForMachine() {
  return `@chimeflow/${process.platform}-${process.arch}${usesMusl() ? "-musl" : ""}`;
}

/** The path of the program. Exits with 2 and says what to do if its package is missing. */
function programPath() {
  const name = packageForMachine();
  const file = process.platform === "win32" ? "chimeflow.exe" : "chimeflow";
  try {
    return require.resolve(`${name}/bin/${file}`);
  } catch {
    const known = Object.keys(require("../package.json").optionalDependencies);
    console.error(
      known.includes(name)
        ? `error: the package ${name} is missing: install chimeflow again without --omit=optional, and with a lock file written by npm 11 or newer`
        : `error: there is no program for ${process.platform} on ${process.arch}; there are ${known.join(", ")}`,
    );
    process.exit(2);
  }
}

const program = spawn(programPath(), process.argv.slice(2), { stdio: "inherit" });
// Keys such as Ctrl-C reach the program by itself. This process ends when the program does, and with what it ended with.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => signal !== "SIGINT" && program.kill(signal));
program.on("error", (error) => {
  console.error(`error: could not run ${program.spawnfile}: ${error.message}`);
  process.exit(2);
});
program.on("exit", (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal]));

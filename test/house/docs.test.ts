import { dirname, join, normalize } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { TEST_VEHICLES } from "../../src/biller/sandbox/vehicles.ts";
import { makeProgram } from "../../src/cli/program.ts";
import { files, isThere, read } from "./tree.ts";

const README = read("README.md");
const DOCS = ["README.md", "CHANGELOG.md", ...files("docs").filter((path) => path.endsWith(".md"))];

const NAME = "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*";

describe("what the documents say is so", () => {
  test("every link leads to a file that is there, and to a heading that it has", () => {
    const broken = DOCS.flatMap((doc) => {
      const links = [...read(doc).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
      return links
        .filter((link) => !/^https?:/.test(link) && !leadsSomewhere(doc, link))
        .map((link) => `${doc}: ${link}`);
    });
    expect(broken).toEqual([]);
  });

  test("every file and folder that is named is there", () => {
    const absent = DOCS.flatMap((doc) => {
      const named = [...read(doc).matchAll(/`(?:\.\/)?((?:src|flows|test|docs|bench|\.ci)\/[\w./-]*)`/g)];
      return named
        .map(([, path = ""]) => path)
        .filter((path) => !isThere(path))
        .map((path) => `${doc}: ${path}`);
    });
    expect(absent).toEqual([]);
  });

  test("the settings table, .env.example and what the program reads are the same", () => {
    const code = files("src/config", "src").filter((path) => /^src\/config(\/|\.ts$)/.test(path));
    const isRead = new Set(code.flatMap((path) => namesIn(read(path), new RegExp(`"(${NAME})"`, "g"))));
    const rows = README.slice(README.indexOf("\n## Settings"), README.indexOf("\n## Operating"))
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .map((line) => line.split("|")[1] ?? "");
    expect(rows.flatMap((row) => namesIn(row, new RegExp(`\`(${NAME})\``, "g"))).sort()).toEqual([...isRead].sort());
    const example = namesIn(read(".env.example"), new RegExp(`^(?:# )?(${NAME})=`, "gm"));
    expect(example.sort()).toEqual([...isRead].sort());
  });

  test("the test vehicles of the README are the sandbox's", () => {
    const rows = README.split("\n").filter((line) => line.startsWith("| `MH1SBX"));
    expect(rows).toEqual(TEST_VEHICLES.map(({ chassis, title, what }) => `| \`${chassis}\` | ${title} | ${what} |`));
  });

  test("every command that is named exists, and every command is named", () => {
    const named = DOCS.flatMap((doc) =>
      [
        ...read(doc).matchAll(/(?:npx loket|node dist\/src\/cli\.js) ([a-z]+)(?: ([a-z]+(?:-[a-z]+)*)(?![\w./-]))?/g),
      ].map(([, command = "", sub]) => ({ command, sub })),
    );
    const program = makeProgram();
    const unknown = named.filter(({ command, sub }) => !isCommand(program, command, sub));
    expect(unknown).toEqual([]);
    const commands = program.commands.flatMap((one) =>
      one.commands.length === 0 ? [one.name()] : one.commands.map((sub) => `${one.name()} ${sub.name()}`),
    );
    const said = new Set(named.flatMap(({ command, sub }) => [command, `${command} ${sub}`, `${command} list`]));
    expect(commands.filter((one) => !said.has(one))).toEqual([]);
  });

  test("every script that is named is in package.json", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
    const named = DOCS.flatMap((doc) => namesIn(read(doc), /\bnpm (?:run )?(start|test|run [a-z:-]+)\b/g));
    expect(named.map((name) => name.replace("run ", "")).filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

function namesIn(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = ""]) => name);
}

function leadsSomewhere(doc: string, link: string): boolean {
  const [path = "", heading] = link.split("#");
  const target = path === "" ? doc : normalize(join(dirname(doc), path));
  if (!isThere(target)) return false;
  return heading === undefined || headingsOf(target).includes(heading);
}

/** As a reader's browser makes anchors of them. */
function headingsOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

/** A second word that is no subcommand is an argument, where the command takes one. */
function isCommand(program: Command, name: string, sub: string | undefined): boolean {
  const command = program.commands.find((one) => one.name() === name);
  if (command === undefined) return false;
  return sub === undefined || command.commands.length === 0 || command.commands.some((one) => one.name() === sub);
}

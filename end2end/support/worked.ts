import { readFileSync } from "node:fs";

/** One line of a table, its cells by the heads of their columns. */
export type Line = Record<string, string>;

/** The table under a heading of a page in Markdown. */
export function table(file: string, heading: string): Line[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const from = lines.findIndex((line) => /^#+ /.test(line) && line.replace(/^#+ /, "") === heading);
  const found = lines.slice(from + 1, next(lines, from + 1)).filter((line) => line.startsWith("|"));
  if (from < 0 || found.length < 3) throw new Error(`${file} has no table under "${heading}"`);
  const [heads, , ...rows] = found.map(cells);
  return rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at] ?? ""])));
}

function next(lines: string[], from: number): number {
  const end = lines.findIndex((line, at) => at >= from && /^#+ /.test(line));
  return end < 0 ? lines.length : end;
}

function cells(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

/** `1.234,5` as a number. */
export function number(text: string): number {
  return Number(text.replaceAll(".", "").replace(",", "."));
}

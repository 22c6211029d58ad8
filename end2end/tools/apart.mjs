// The app without its later parts, to be measured:
//   node end2end/tools/apart.mjs --last 1 --out part-1.wasm takar_app.wasm.linked
//
// Links what `wasm-ld` kept once more. In it the functions that only parts after
// `last` bring (`parts.mjs`) trap at once, and refer to nothing: the linker leaves
// out what nothing else refers to, code, tables of calls and words alike, as it
// does with what nobody uses. The rest goes through the same steps as the app.
//
// What stays counts for the earlier parts, also a later part's function that the
// compiler put into its only caller. `--list` names the functions that trap and
// are still called, largest first: where one part meets the other.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs, promisify } from "node:util";

import { partOf } from "./parts.mjs";
import { IMPORTS, importedAs, number, Reader, sections } from "./wasm.mjs";

const CUSTOM = 0;
const CODE = 10;
// The symbols of an object file (WebAssembly tool conventions, "Linking").
const SYMBOLS = 8;
const [FUNCTION, DATA, , SECTION] = [0, 1, 2, 3];
const UNDEFINED = 0x10;
const NAMED = 0x40;
/** Relocations that carry an addend. */
const WITH_ADDEND = new Set([3, 4, 5, 8, 9, 11, 14, 15, 16, 17, 21, 22, 23, 25]);
const [TRAP, NOTHING, END] = [0x00, 0x01, 0x0b];

/** The names of the functions that the file defines, by their index; one may have several. */
function functionNames(bytes) {
  const names = new Map();
  const reader = new Reader(bytes);
  reader.number();
  while (reader.at < bytes.length) {
    const kind = reader.number();
    const inside = new Reader(reader.take(reader.number()));
    if (kind !== SYMBOLS) continue;
    for (let rest = inside.number(); rest > 0; rest--) {
      const [kind, flags] = [inside.number(), inside.number()];
      const defined = !(flags & UNDEFINED);
      if (kind === DATA) {
        inside.name();
        if (defined) for (let of = 0; of < 3; of++) inside.number();
      } else if (kind === SECTION) inside.number();
      else {
        const index = inside.number();
        const name = defined || flags & NAMED ? inside.name() : "";
        if (kind === FUNCTION && defined) names.set(index, [...(names.get(index) ?? []), name]);
      }
    }
  }
  return names;
}

/** How many functions come from elsewhere: they have the first indices. */
function imported(bytes) {
  const reader = new Reader(bytes);
  let functions = 0;
  for (let rest = reader.number(); rest > 0; rest--) {
    reader.name();
    reader.name();
    if (importedAs(reader)[0] === FUNCTION) functions++;
  }
  return functions;
}

/** `[from, to)` of each function's code in the section. */
function* bodies(bytes) {
  const reader = new Reader(bytes);
  for (let rest = reader.number(); rest > 0; rest--) {
    const length = reader.number();
    yield [reader.at, reader.at + length];
    reader.take(length);
  }
}

/** The section's relocations without those inside of `holes`, which are in order. */
function withoutHoles(bytes, holes) {
  const reader = new Reader(bytes);
  const section = reader.span(() => reader.number());
  const kept = [];
  let hole = 0;
  for (let rest = reader.number(); rest > 0; rest--) {
    let at;
    const entry = reader.span(() => {
      const type = reader.number();
      at = reader.number();
      reader.number();
      if (WITH_ADDEND.has(type)) reader.number();
    });
    while (hole < holes.length && holes[hole][1] <= at) hole++;
    if (!(hole < holes.length && holes[hole][0] <= at)) kept.push(entry);
  }
  return Buffer.concat([section, number(kept.length), ...kept]);
}

/** The object file in which the functions of later parts trap. */
function trapped(wasm, last) {
  const all = [...sections(wasm)].map(({ id, bytes }) => {
    const reader = new Reader(bytes);
    return { id, bytes, name: id === CUSTOM ? reader.name() : "", inside: bytes.subarray(reader.at) };
  });
  const names = functionNames(all.find(({ name }) => name === "linking").inside);
  const from = imported(all.find(({ id }) => id === IMPORTS).bytes);
  const code = Buffer.from(all.find(({ id }) => id === CODE).bytes);
  const holes = [];
  const later = [];
  [...bodies(code)].forEach(([start, end], place) => {
    const symbols = names.get(from + place) ?? [];
    if (symbols.length === 0 || symbols.some((symbol) => partOf(symbol) <= last)) return;
    holes.push([start, end]);
    later.push({ symbol: symbols[0], size: end - start });
    // As long as before, so that nothing else moves; no variables of its own.
    code.fill(NOTHING, start, end);
    code[start] = 0;
    code[start + 1] = TRAP;
    code[end - 1] = END;
  });
  const parts = all.map(({ id, bytes, name, inside }) => {
    if (id === CODE) return [id, code];
    if (name !== "reloc.CODE") return [id, bytes];
    const head = bytes.subarray(0, bytes.length - inside.length);
    return [id, Buffer.concat([head, withoutHoles(inside, holes)])];
  });
  const file = parts.flatMap(([id, bytes]) => [Buffer.from([id]), number(bytes.length), bytes]);
  return { file: Buffer.concat([wasm.subarray(0, 8), ...file]), later };
}

/** The names that a linked file gives its functions. */
function linkedNames(wasm) {
  const names = new Set();
  for (const { id, bytes } of sections(wasm)) {
    const reader = new Reader(bytes);
    if (id !== CUSTOM || reader.name() !== "name") continue;
    while (reader.at < bytes.length) {
      const kind = reader.number();
      const inside = new Reader(reader.take(reader.number()));
      if (kind !== 1) continue;
      for (let rest = inside.number(); rest > 0; rest--) {
        inside.number();
        names.add(inside.name());
      }
    }
  }
  return names;
}

const { values, positionals } = parseArgs({
  options: { last: { type: "string" }, out: { type: "string" }, list: { type: "boolean" } },
  allowPositionals: true,
});
const kept = path.resolve(positionals[0]);
const [linker, ...words] = (await readFile(path.join(kept, "arguments"), "utf8")).trimEnd().split("\n");
const folder = await mkdtemp(path.join(os.tmpdir(), "takar-apart-"));
try {
  const later = [];
  for (const [place, word] of words.entries()) {
    if (words[place - 1] === "-o") words[place] = path.resolve(values.out);
    if (path.dirname(path.resolve(word)) !== kept || !word.endsWith(".o")) continue;
    const bytes = await readFile(word);
    // The compiler's list of what it exports is one of them, without code.
    if (![...sections(bytes)].some(({ id }) => id === CODE)) continue;
    const made = trapped(bytes, Number(values.last));
    later.push(...made.later);
    words[place] = path.join(folder, path.basename(word));
    await writeFile(words[place], made.file);
  }
  if (later.length === 0) throw new Error("no function of a later part was found: look at parts.mjs");
  await promisify(execFile)(linker, words);
  if (values.list) {
    const names = linkedNames(await readFile(values.out));
    const met = later.filter(({ symbol }) => names.has(symbol)).sort((a, b) => b.size - a.size);
    for (const { symbol, size } of met) console.log(`${String(size).padStart(8)} ${symbol}`);
  }
  console.log(`${later.length} functions of parts after ${values.last} left out`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

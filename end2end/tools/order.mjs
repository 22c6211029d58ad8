// Puts functions that resemble each other side by side, so that compression
// finds them near: node end2end/tools/order.mjs in.wasm out.wasm
//
// Only names the functions by their new place. Binaryen then sorts by name:
//   wasm-opt --reorder-functions-by-name --strip-debug
//
// Next comes the function that shares most with the last ones: runs of bytes and
// runs of instructions, since both travel (`public/unpack.js`), a run counting
// less the more functions have it, and the longer ago it was.

import { readFile, writeFile } from "node:fs/promises";

import { Bytes, move, walk, width } from "../../public/unpack.js";
import { IMPORTS, name, number, importedAs, Reader, sections } from "./wasm.mjs";

const CODE = 10;
const BYTES = 6;
const INSTRUCTIONS = 8;
/** So many functions before the next one are looked at. */
const LAST = 8;
/** A run that more functions than this have says nothing about any two of them. */
const COMMON = 1_500;
/** Keeps very short functions from resembling everything. */
const SHORT = 20;

/** A function's instructions without their numbers. */
function instructions(body) {
  const code = new Bytes(body);
  const nowhere = new Bytes();
  const found = new Bytes();
  const number = () => ((nowhere.at = 0), move(code, nowhere));
  const one = () => {
    found.write(code.read());
    return found.bytes[found.at - 1];
  };
  const op = () => {
    const read = one();
    if (width(read) !== undefined) number();
    return read;
  };
  walk({ op, long: one, number, constant: number, raw: (_, length) => code.take(length) });
  return found.written();
}

/** Every run of `length`, as text. */
function* runs(bytes, length) {
  const text = Buffer.from(bytes).toString("latin1");
  for (let at = 0; at + length <= text.length; at++) yield text.slice(at, at + length);
}

/** What is alike in functions that are; a run of instructions is longer than one of bytes. */
const features = (body) => new Set([...runs(body, BYTES), ...runs(instructions(body), INSTRUCTIONS)]);

/** The places of all bodies, like beside like. */
function order(bodies) {
  const all = bodies.map(features);
  const having = new Map();
  all.forEach((found, place) => {
    for (const run of found) {
      const list = having.get(run);
      if (list) list.push(place);
      else having.set(run, [place]);
    }
  });
  const left = new Set(bodies.keys());
  const placed = [];
  while (left.size > 0) {
    const here = next(placed.slice(-LAST).reverse(), all, having, left);
    placed.push(here);
    left.delete(here);
  }
  return placed;
}

function next(last, all, having, left) {
  const shared = new Map();
  for (const [age, before] of last.entries()) {
    for (const run of all[before]) {
      const list = having.get(run);
      if (list.length === 1 || list.length > COMMON) continue;
      const weight = 1 / Math.sqrt(list.length * (1 + age));
      for (const place of list) {
        if (left.has(place)) shared.set(place, (shared.get(place) ?? 0) + weight);
      }
    }
  }
  // Like nothing that is left: the first in the compiler's own order.
  let best = left.values().next().value;
  let most = 0;
  for (const [place, weight] of shared) {
    const likeness = weight / (all[place].size + SHORT);
    if (likeness > most) [best, most] = [place, likeness];
  }
  return best;
}

async function main(from, to) {
  const wasm = await readFile(from);
  let imported = 0;
  let bodies = [];
  for (const { id, bytes } of sections(wasm)) {
    const reader = new Reader(bytes);
    if (id === IMPORTS) {
      for (let rest = reader.number(); rest > 0; rest--) {
        reader.name();
        reader.name();
        if (importedAs(reader)[0] === 0) imported++;
      }
    } else if (id === CODE) {
      bodies = Array.from({ length: reader.number() }, () => reader.take(reader.number()));
    }
  }
  const places = order(bodies);
  const named = places.map((function_, place) => [imported + function_, String(place).padStart(6, "0")]);
  named.sort(([a], [b]) => a - b);
  const list = Buffer.concat([
    number(named.length),
    ...named.map(([index, words]) => Buffer.concat([number(index), name(words)])),
  ]);
  const section = Buffer.concat([name("name"), Buffer.from([1]), number(list.length), list]);
  await writeFile(to, Buffer.concat([wasm, Buffer.from([0]), number(section.length), section]));
}

await main(process.argv[2], process.argv[3]);

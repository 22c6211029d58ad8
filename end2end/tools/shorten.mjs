// Shortens what joins the wasm to its script: node end2end/tools/shorten.mjs target/glue
//
// wasm-bindgen gives every function that crosses the border a name with a hash,
// written in both files, and exports the classes of every crate, whose code
// then stays although nobody calls it. Here each name becomes one or two
// letters, and what the script never calls is exported no more, so that
// wasm-opt leaves it out.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

import { IMPORTS, importedAs, name, number, Reader, sections } from "./wasm.mjs";

const EXPORTS = 7;

/** Gives every entry of a section to `change`, which gives its new bytes, or none. */
function section(bytes, change) {
  const reader = new Reader(bytes);
  const count = reader.number();
  const entries = Array.from({ length: count }, () => change(reader)).filter(Boolean);
  return Buffer.concat([number(entries.length), ...entries]);
}

function rewrite(wasm, changes) {
  const parts = [wasm.subarray(0, 8)];
  for (const { id, bytes } of sections(wasm)) {
    const changed = changes[id] ? section(bytes, changes[id]) : bytes;
    parts.push(Buffer.from([id]), number(changed.length), changed);
  }
  return Buffer.concat(parts);
}

/** a, b, … z, aa, ab, … */
function* letters() {
  for (let n = 1; ; n++) {
    let text = "";
    for (let rest = n; rest > 0; rest = Math.floor((rest - 1) / 26)) {
      text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
    }
    yield text;
  }
}

/** wasm-bindgen's way in, for every kind of argument and browser; ours gets one answer. */
const WAYS_IN = /^async function __wbg_load\([^]*^export \{ initSync, __wbg_init as default \};$/m;
const WAY_IN = `export default async (answer) => {
  const { instance, module } = await WebAssembly.instantiateStreaming(answer, __wbg_get_imports());
  return __wbg_finalize_init(instance, module);
};`;

/** The script without the classes that nothing makes. */
async function withoutClasses(file) {
  const text = await readFile(file, "utf8");
  if (!WAYS_IN.test(text)) throw new Error("wasm-bindgen writes its way in otherwise: look at shorten.mjs");
  const free = text
    .replace(WAYS_IN, () => WAY_IN)
    .replace(/^if \(Symbol\.dispose\).*$/gm, "")
    .replace(/= \(typeof FinalizationRegistry/g, "= /* @__PURE__ */ (typeof FinalizationRegistry");
  await writeFile(file, free);
  const bundled = await build({
    stdin: { contents: `import init from "./${path.basename(file)}"; init();`, resolveDir: path.dirname(file) },
    bundle: true,
    format: "esm",
    target: "es2022",
    write: false,
  });
  return { free, reached: bundled.outputFiles[0].text };
}

async function shorten(glue) {
  const script = path.join(glue, "takar_app.js");
  const binary = path.join(glue, "takar_app_bg.wasm");
  const { free, reached } = await withoutClasses(script);
  const called = new Set(Array.from(reached.matchAll(/\bwasm\.(\w+)/g), ([, used]) => used));

  const short = letters();
  const names = new Map();
  const shortened = (long) => {
    if (!names.has(long)) names.set(long, short.next().value);
    return names.get(long);
  };
  const wasm = rewrite(await readFile(binary), {
    [IMPORTS]: (reader) => {
      const module = reader.name();
      return Buffer.concat([name(module), name(shortened(reader.name())), importedAs(reader)]);
    },
    [EXPORTS]: (reader) => {
      const long = reader.name();
      const target = reader.span(() => {
        reader.take(1);
        reader.number();
      });
      return called.has(long) && Buffer.concat([name(shortened(long)), target]);
    },
  });
  // A name stands behind `wasm.` or as a key of the imports, nowhere else.
  const known = (all, long) => (names.has(long) ? all.replace(long, names.get(long)) : all);
  const text = free.replace(/\bwasm\.(\w+)/g, known).replace(/^ +(\w+): function/gm, known);
  await writeFile(script, text);
  await writeFile(binary, wasm);
}

await shorten(path.resolve(process.argv[2]));

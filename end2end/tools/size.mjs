import { stat } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { files } from "./precompress.mjs";

// The size gate: node end2end/tools/size.mjs target/site
// Of part 1 alone, as `make sizes` builds it: … --last 1 target/part-1/site
//
// What a phone fetches before the app works without a connection, in thousands of
// bytes: the first part of the product has 250, all five parts share 400.
const LIMIT = 400_000;
const LIMIT_FIRST = 250_000;

/** Prints the app code's brotli size; `true` if it is at most `limit`. */
async function keeps(site, limit, what) {
  const names = (await files(site)).filter((name) => /\.(js|css|part|wasm)$/.test(name));
  let total = 0;
  for (const name of names) {
    const file = path.join(site, name);
    // Very small files have no `.br` beside them.
    const { size } = await stat(`${file}.br`).catch(() => stat(file));
    total += size;
    console.log(`  ${String(size).padStart(7)} ${name}`);
  }
  console.log(`${what} (wasm in parts, js, css; brotli): ${total} of at most ${limit} bytes`);
  if (total > limit) console.error(`that is ${total - limit} bytes over its limit`);
  return total <= limit;
}

const { values, positionals } = parseArgs({ options: { last: { type: "string" } }, allowPositionals: true });
const site = path.resolve(positionals[0]);
const kept =
  values.last === "1"
    ? await keeps(site, LIMIT_FIRST, "the code of part 1 alone")
    : await keeps(site, LIMIT, "the app's code, all parts");
process.exitCode = kept ? 0 : 1;

// Packages the app: what wasm-bindgen made, style/ and public/ become one
// folder of files whose names carry their content's hash, precompressed, with
// the service worker that precaches them as one versioned set.
//
//   node end2end/tools/site.mjs --glue target/glue --out target/site
//
// With `--last 1` without the sheets of later parts, to be measured.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";

import { partsOf } from "../../public/unpack.js";
import { pack } from "./pack.mjs";
import { sheetsAfter } from "./parts.mjs";
import { precompress } from "./precompress.mjs";
import { bundleStyles } from "./styles.mjs";
import { writeWorker } from "./worker.mjs";

const root = path.resolve(import.meta.dirname, "../..");
// Sources of other outputs; everything else in public/ is served as it is.
const SOURCES = new Set(["index.html", "boot.js", "service-worker.js", "unpack.js"]);

/** `name.<ten hex digits of the content's SHA-256>.ext`. */
function hashedName(name, bytes) {
  const { name: stem, ext } = path.parse(name);
  return `${stem}.${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}${ext}`;
}

async function bundleBoot(glue, wasmUrl) {
  const result = await build({
    entryPoints: [path.join(root, "public/boot.js")],
    alias: { "takar-app": path.join(glue, "takar_app.js") },
    // The last two let go of classes that a library exports and nobody here uses.
    define: { __WASM_URL__: JSON.stringify(wasmUrl), "Symbol.dispose": "undefined" },
    pure: ["FinalizationRegistry"],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    logLevel: "warning",
    write: false,
  });
  if (result.warnings.length > 0) throw new Error("the start script has warnings");
  return result.outputFiles[0].contents;
}

/** Puts the hashed names where the shell has `{{css}}` and `{{js}}`. */
function fillShell(html, { css, js }) {
  const names = { "/pkg/{{css}}": css, "/pkg/{{js}}": js };
  for (const [mark, url] of Object.entries(names)) {
    if (!html.includes(mark)) throw new Error(`public/index.html does not name ${mark}`);
    html = html.replaceAll(mark, url);
  }
  return html;
}

async function packageSite(glue, out, last) {
  const site = `${out}.new`;
  await rm(site, { recursive: true, force: true });
  await mkdir(path.join(site, "pkg"), { recursive: true });
  await cp(path.join(root, "public"), site, {
    recursive: true,
    filter: (from) => !SOURCES.has(path.relative(path.join(root, "public"), from)),
  });

  const put = async (name, bytes) => {
    const url = `/pkg/${hashedName(name, bytes)}`;
    await writeFile(path.join(site, url), bytes);
    return url;
  };
  // Its parts travel; the whole is put together on the device, at this address.
  const code = await readFile(path.join(glue, "takar_app_bg.wasm"));
  const wasm = `/pkg/${hashedName("takar.wasm", code)}`;
  const parts = pack(code);
  await Promise.all(partsOf(wasm).map((url, place) => writeFile(path.join(site, url), parts[place])));
  const js = await put("takar.js", await bundleBoot(glue, wasm));
  const css = await put("takar.css", await bundleStyles(path.join(root, "style"), sheetsAfter(last)));
  const shell = await readFile(path.join(root, "public/index.html"), "utf8");
  await writeFile(path.join(site, "index.html"), fillShell(shell, { css, js }));

  await writeWorker(site, path.join(root, "public/service-worker.js"));
  await precompress(site);
  await rm(out, { recursive: true, force: true });
  await rename(site, out);
}

const { values } = parseArgs({ options: { glue: { type: "string" }, out: { type: "string" }, last: { type: "string" } } });
await packageSite(path.resolve(values.glue), path.resolve(values.out), Number(values.last ?? Infinity));

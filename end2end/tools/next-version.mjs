// A later version of a built app, for the journey of an update:
//
//   node end2end/tools/next-version.mjs --from target/site --out FOLDER --label 2

import { cp, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";

import { precompress } from "./precompress.mjs";
import { writeWorker } from "./worker.mjs";

const options = { from: { type: "string" }, out: { type: "string" }, label: { type: "string" } };
const { values } = parseArgs({ options });
const site = path.resolve(values.out);
const worker = path.resolve(import.meta.dirname, "../../public/service-worker.js");

await cp(path.resolve(values.from), site, { recursive: true, filter: (file) => !/\.(br|gz)$/.test(file) });
await rm(path.join(site, "service-worker.js"));
const shell = path.join(site, "index.html");
const html = await readFile(shell, "utf8");
await writeFile(shell, html.replace("</head>", `  <meta name="takar-version" content="${values.label}">\n  </head>`));
await writeWorker(site, worker);
await precompress(site);

// Measures Takar against its peers: `make bench`, or
//   node run.mjs --devices 10 --records 500 --fields 12 --edits 50 --rounds 7
// All take part in turns in every round; what is written are medians.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Pouch, Takar, Tus, Yjs } from "./contender.mjs";
import { plot } from "./plot.mjs";
import { day, evidence, large, lossy, median } from "./scenario.mjs";
import { table } from "./table.mjs";

const number = (value) => ({ type: "string", default: String(value) });
const { values: given } = parseArgs({
  options: {
    devices: number(10),
    records: number(500),
    fields: number(12),
    edits: number(50),
    conflicts: number(50),
    seed: number(1),
    rounds: number(7),
    /** No round begins later, in minutes; the medians are of fewer then. */
    minutes: number(600),
    /** Answers of a hundred that the bad link loses; 0 leaves it out. */
    loss: number(30),
    /** Records of the large office; 0 leaves it out. */
    large: number(100_000),
    /** Runs of the large office. */
    "large-rounds": number(3),
    /** Longest time for a peer and the large office, in minutes. */
    "large-minutes": number(15),
    /** Bytes of a file that goes over a link that is cut; 0 leaves it out. */
    evidence: number(20 * 2 ** 20),
    "large-peers": { type: "string", default: "takar,pouch,yjs" },
    peers: { type: "string", default: "takar,pouch,yjs" },
    out: { type: "string", default: fileURLToPath(new URL("results", import.meta.url)) },
  },
});
const { out, ...options } = given;
const of = (name) => Number(given[name]);
const everybody = { takar: Takar, pouch: Pouch, yjs: Yjs, tus: Tus };
const peers = given.peers.split(",");
const tools = { takar: process.env.TAKAR_BIN, bench: process.env.TAKAR_BENCH };
if (!tools.takar || !tools.bench) throw new Error("TAKAR_BIN and TAKAR_BENCH name the programs: use make bench");

const base = { fields: of("fields"), edits: of("edits"), conflicts: of("conflicts"), seed: of("seed") };
const usual = { ...base, devices: of("devices"), records: of("records") };
const sized = (records) => ({ ...base, devices: 1, records });

const found = Object.fromEntries(peers.map((name) => [name, { day: [], lossy: [], small: [], large: [] }]));

/** One run of one contender; the next one gets a clean machine. */
async function run(name, scenario, shape, options = {}, minutes = Infinity) {
  const contender = new everybody[name](tools, shape);
  const started = performance.now();
  const limit = new Promise((resolve) => {
    if (minutes < Infinity) setTimeout(resolve, minutes * 60_000, null).unref();
  });
  try {
    const result = await Promise.race([scenario(contender, { shape, ...options }), limit]);
    const took = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`${name} ${scenario.name}: ${took} s, load ${loadavg()[0].toFixed(1)}`);
    return result;
  } finally {
    await contender.close();
  }
}

const loads = [];
const inTime = () => performance.now() < of("minutes") * 60_000;
for (let round = 0; round < of("rounds") && inTime(); round += 1) {
  // Whoever is first in a round is last in the next.
  const order = peers.map((_, n) => peers[(n + round) % peers.length]);
  for (const name of order) {
    const seed = of("seed") + round;
    found[name].day.push(await run(name, day, { ...usual, seed }));
    if (of("loss") > 0) found[name].lossy.push(await run(name, lossy, { ...usual, seed }, { loss: of("loss") }));
    loads.push(loadavg()[0]);
  }
}
const files = { takar: [], tus: [] };
for (let round = 0; of("evidence") > 0 && round < found[peers[0]].day.length; round += 1) {
  const shape = { ...base, devices: 1, records: 1, evidence: of("evidence"), seed: of("seed") + round };
  for (const name of Object.keys(files)) files[name].push(await run(name, evidence, shape));
}
if (of("large") > 0) {
  const outOfTime = new Set();
  for (let round = 0; round < of("large-rounds"); round += 1) {
    const takesPart = (peer) => given["large-peers"].split(",").includes(peer) && !outOfTime.has(peer);
    for (const name of peers.filter(takesPart)) {
      const minutes = name === "takar" ? Infinity : of("large-minutes");
      found[name].small.push(await run(name, large, sized(1_000), { restarts: 3 }));
      const result = await run(name, large, sized(of("large")), { restarts: 3 }, minutes);
      if (result) found[name].large.push(result);
      else outOfTime.add(name);
      loads.push(loadavg()[0]);
    }
  }
}

/** The median of every figure in results of one shape; `null` where one has none. */
function medians(results) {
  const [first] = results;
  if (first === undefined) return null;
  if (typeof first === "number") return Math.round(median(results) * 10) / 10;
  if (first === null || typeof first !== "object") return first;
  return Object.fromEntries(Object.keys(first).map((key) => [key, medians(results.map((r) => r[key]))]));
}

const result = {
  when: new Date().toISOString().slice(0, 10),
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
  command: `make bench BENCH="${process.argv.slice(2).join(" ").replace(/ ?--out \S+/, "")}"`,
  machine: { cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version },
  profile: process.env.TAKAR_PROFILE ?? "given by TAKAR_BIN",
  load: { median: median(loads), worst: Math.max(...loads) },
  options: { ...options, rounds: found[peers[0]].day.length },
  evidence: Object.entries(files).map(([name, runs]) => {
    const { title, durability } = everybody[name];
    return { title, durability, ...medians(runs) };
  }),
  peers: Object.fromEntries(
    peers.map((name) => {
      const { title, durability } = everybody[name];
      const { day: days, ...rest } = found[name];
      const sum = (results) => medians(results);
      return [name, { title, durability, ...sum(days), ...sum(rest.lossy), small: sum(rest.small), large: sum(rest.large) }];
    }),
  ),
};
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "bench.json"), `${JSON.stringify(result, null, 1)}\n`);
writeFileSync(join(out, "bench.md"), table(result));
writeFileSync(join(out, "bench.svg"), plot(result));
console.log(table(result));
process.exit(0);

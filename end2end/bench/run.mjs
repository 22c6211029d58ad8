// Measures Takar against its peers: `make bench`, or
//   node run.mjs --devices 10 --records 500 --fields 12 --edits 50 --rounds 7
// All take part in turns in every round; what is written are medians. What was
// measured so far is written after each stage.
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
    /** Answers of a hundred that the bad link loses; 0 leaves it out. */
    loss: number(30),
    "loss-rounds": number(3),
    /** Longest time for a peer on the bad link, in minutes. */
    "loss-minutes": number(1.5),
    /** Records of the large office; 0 leaves it out. */
    large: number(100_000),
    /** Runs of the large office by Takar; a peer has one. */
    "large-rounds": number(3),
    /** Longest time for a peer and the large office, in minutes. */
    "large-minutes": number(3),
    /** Reconnects with one edited field. */
    reconnects: number(15),
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

const stages = ["day", "lossy", "small", "large", "file"];
const found = Object.fromEntries([...peers, "tus"].map((name) => [name, Object.fromEntries(stages.map((s) => [s, []]))]));
/** Peers that did not come to an end, by stage: the minutes they had, or why. */
const missed = {};
const loads = [];

/** One run of one contender; the next one gets a clean machine. A peer that fails
 * or takes too long is told of, and not tried again. */
async function run(name, stage, scenario, shape, options = {}, minutes = Infinity) {
  const mark = `${name} ${stage}`;
  if (missed[mark]) return;
  const contender = new everybody[name](tools, shape);
  const started = performance.now();
  const own = name === "takar";
  let timer;
  const limit = new Promise((resolve) => {
    if (minutes < Infinity && !own) timer = setTimeout(resolve, minutes * 60_000, null);
  });
  try {
    const work = scenario(contender, { shape, ...options });
    work.catch(() => {});
    const result = await Promise.race([work, limit]);
    if (result) found[name][stage].push(result);
    else missed[mark] = `more than ${minutes} minutes`;
  } catch (error) {
    if (own) throw error;
    missed[mark] = error.message;
  } finally {
    clearTimeout(timer);
    await contender.close();
  }
  const took = ((performance.now() - started) / 1000).toFixed(0);
  loads.push(loadavg()[0]);
  console.log(`${mark}: ${took} s, load ${loads.at(-1).toFixed(1)}${missed[mark] ? `: ${missed[mark]}` : ""}`);
}

/** The median of every figure in results of one shape; `null` where one has none. */
function medians(results) {
  const [first] = results;
  if (first === undefined) return null;
  if (typeof first === "number") return Math.round(median(results) * 10) / 10;
  if (first === null || typeof first !== "object") return first;
  return Object.fromEntries(Object.keys(first).map((key) => [key, medians(results.map((r) => r[key]))]));
}

function write(anatomy) {
  const titled = (name) => ({ title: everybody[name].title, durability: everybody[name].durability });
  const all = peers.map((name) => {
    const { day: days, lossy: bad, small, large: big } = found[name];
    return [name, { ...titled(name), ...medians(days), ...medians(bad), small: medians(small), large: medians(big) }];
  });
  const files = ["takar", "tus"].filter((name) => found[name]?.file.length > 0);
  const result = {
    when: new Date().toISOString().slice(0, 10),
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    command: `make bench BENCH="${process.argv.slice(2).join(" ").replace(/ ?--out \S+/, "")}"`,
    machine: { cores: cpus().length, gigabytes: Math.round(totalmem() / 2 ** 30), node: process.version },
    profile: process.env.TAKAR_PROFILE ?? "given by TAKAR_BIN",
    minutes: Math.round(performance.now() / 6_000) / 10,
    load: { median: median(loads), worst: Math.max(...loads) },
    options,
    runs: Object.fromEntries(Object.keys(found).map((name) => [name, Object.fromEntries(stages.map((s) => [s, found[name][s].length]))])),
    missed,
    evidence: files.map((name) => ({ ...titled(name), ...medians(found[name].file) })),
    peers: Object.fromEntries(all),
    anatomy,
  };
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "bench.json"), `${JSON.stringify(result, null, 1)}\n`);
  writeFileSync(join(out, "bench.md"), table(result));
  writeFileSync(join(out, "bench.svg"), plot(result));
  return result;
}

const anatomy = JSON.parse(execFileSync(tools.bench, ["anatomy", JSON.stringify(usual)], { encoding: "utf8" }));
for (let round = 0; round < of("rounds"); round += 1) {
  // Whoever is first in a round is last in the next.
  const order = peers.map((_, n) => peers[(n + round) % peers.length]);
  const seed = of("seed") + round;
  for (const name of order) await run(name, "day", day, { ...usual, seed });
  if (of("evidence") > 0) {
    const shape = { ...base, devices: 1, records: 1, evidence: of("evidence"), seed };
    for (const name of ["takar", "tus"]) if (found[name]) await run(name, "file", evidence, shape);
  }
  if (of("loss") > 0 && round < of("loss-rounds")) {
    for (const name of order) await run(name, "lossy", lossy, { ...usual, seed }, { loss: of("loss") }, of("loss-minutes"));
  }
  write(anatomy);
}
const largePeers = peers.filter((peer) => given["large-peers"].split(",").includes(peer));
for (let round = 0; of("large") > 0 && round < of("large-rounds"); round += 1) {
  for (const name of largePeers.filter((name) => round === 0 || name === "takar")) {
    const told = { restarts: 3, reconnects: of("reconnects") };
    await run(name, "small", large, sized(1_000), told, of("large-minutes"));
    await run(name, "large", large, sized(of("large")), told, of("large-minutes"));
  }
  write(anatomy);
}
console.log(table(write(anatomy)));
process.exit(0);

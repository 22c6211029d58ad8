// The promised figures beside the measured ones, for the README:
//   node end2end/bench/targets.mjs   (after make bench)
import { readFileSync, writeFileSync } from "node:fs";

const results = (name) => new URL(`results/${name}`, import.meta.url);
const read = (name) => JSON.parse(readFileSync(results(name), "utf8"));
const { peers, evidence } = read("bench.json");
const { places } = read("speed.json");
const { takar, pouch, yjs } = peers;

const ms = (n) => (n == null ? "–" : n >= 1000 ? `${(n / 1000).toFixed(2)} s` : `${n} ms`);
const mb = (n) => (n == null ? "–" : `${(n / 1e6).toFixed(1)} MB`);
const plain = (n) => (n == null ? "–" : String(Math.round(n)));
const times = (n) => `${n.toFixed(2)} ×`;
const worst = (figure) => Math.max(...places.map(figure));
const grown = (key) => takar.large.one[key] / takar.small.one[key];

const rows = [
  ["First push, records/s (10 × 500 × 12)", "≥ 3 × PouchDB", (p) => plain(p.first.rate), takar.first.rate >= 3 * pouch.first.rate],
  [
    "… until all ten have everything",
    "≥ 4 × faster than PouchDB, faster than Yjs",
    (p) => ms(p.first.all),
    4 * takar.first.all <= pouch.first.all && takar.first.all < yjs.first.all,
  ],
  ["… bytes with the same gzip", "≤ 1/6 of PouchDB", (p) => mb(p.first.packed), 6 * takar.first.packed <= pouch.first.packed],
  ["… requests of all ten", "≤ 40", (p) => plain(p.first.requests), takar.first.requests <= 40],
  ["… peak memory of the server", "≤ 150 MB", (p) => `${p.first.peak} MB`, takar.first.peak <= 150],
  ["One field reaches another device", "≤ 150 ms", (p) => ms(p.latency.ms), takar.latency.ms <= 150],
  ["Values lost when all edit the same", "0", (p) => `${p.conflict.lost} of ${p.conflict.written}`, takar.conflict.lost === 0],
  ["30 % of answers lost: until all have everything", "", (p) => ms(p.lossy?.all), null],
  ["… records missing afterwards", "0", (p) => plain(p.lossy?.missing), takar.lossy?.missing === 0],
  ["First load of 100,000 records", "", (p) => ms(p.large?.load.all), null],
  [
    "One-field reconnect at 100,000 records against 1,000",
    "≤ 1.2 ×",
    (p) => (p === takar ? `${times(grown("all"))} the time, ${times(grown("bytes"))} the bytes` : "–"),
    Math.max(grown("all"), grown("bytes")) <= 1.2,
  ],
  ["Server ready at 100,000 operations", "≤ 500 ms", (p) => ms(p.large?.ready), takar.large.ready <= 500],
  [
    "20 MB over a link cut three times (tus-js-client)",
    "",
    (p) => (p === takar ? `${ms(evidence[0].all)} (${ms(evidence[1].all)})` : "–"),
    null,
  ],
  [
    "Offline start to usable, 4 × slower",
    "≤ 1 s",
    (p) => (p === takar ? ms(worst((place) => place.usable.median)) : "–"),
    worst((place) => place.usable.median) <= 1000,
  ],
  [
    "Key to draft, 4 × slower, 99 of 100",
    "≤ 16 ms",
    (p) => (p === takar ? ms(worst((place) => place.draft.p99)) : "–"),
    worst((place) => place.draft.p99) <= 16,
  ],
];

const met = (held) => (held === null ? "" : held ? "yes" : "**no**");
const lines = rows.map(([title, target, figure, held]) => {
  const cells = [title, target, ...[takar, pouch, yjs].map((p) => (p.first ? figure(p) : "–")), met(held)];
  return `| ${cells.join(" | ")} |`;
});
const text = [
  "| | Target | Takar | express-pouchdb | y-websocket | Met |",
  "| --- | --- | --- | --- | --- | --- |",
  ...lines,
  "",
].join("\n");
writeFileSync(results("targets.md"), text);
console.log(text);

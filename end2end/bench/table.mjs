// The result as a table in Markdown.

const dash = "–";
const ms = (n) => (n == null ? dash : n >= 10_000 ? `${(n / 1000).toFixed(1)} s` : n >= 1000 ? `${(n / 1000).toFixed(2)} s` : `${n} ms`);
const mb = (n) => (n == null ? dash : n >= 1e6 ? `${(n / 1e6).toFixed(1)} MB` : `${(n / 1e3).toFixed(1)} kB`);
const plain = (n) => (n == null ? dash : String(Math.round(n)));

/** What is compared: title, path to the figure, how it is written. */
export const rows = [
  ["First push and pull: pushed, records/s", (p) => p.first?.rate, plain],
  ["… until every device has everything", (p) => p.first?.all, ms],
  ["… bytes as they are", (p) => p.first?.bytes, mb],
  ["… bytes with the same gzip for all", (p) => p.first?.packed, mb],
  ["… HTTP requests of all devices (WebSocket messages)", (p) => p.first && calls(p.first), (t) => t ?? dash],
  ["… processor time of the server / of all devices", (p) => p.first, (f) => (f ? `${ms(f.cpu)} / ${ms(f.deviceCpu)}` : dash)],
  ["… peak memory of the server", (p) => p.first?.peak, (n) => (n == null ? dash : `${n} MB`)],
  ["Reconnect with edits of one field", (p) => p.reconnect?.all, ms],
  ["… bytes as they are / with gzip", (p) => p.reconnect, (r) => (r ? `${mb(r.bytes)} / ${mb(r.packed)}` : dash)],
  ["All edit the same records", (p) => p.conflict?.all, ms],
  ["… values lost", (p) => p.conflict, (c) => (c ? `${c.lost} of ${c.written}` : dash)],
  ["Edit of one field reaches another device, median", (p) => p.latency?.ms, ms],
  ["First push and pull, answers lost", (p) => p.lossy?.all, ms],
  ["… bytes as they are / with gzip", (p) => p.lossy, (r) => (r ? `${mb(r.bytes)} / ${mb(r.packed)}` : dash)],
  ["… records missing afterwards", (p) => p.lossy?.missing, plain],
  ["Large office: first load by a new device", (p) => p.large?.load.all, ms],
  ["… bytes as they are / with gzip", (p) => p.large?.load, (r) => (r ? `${mb(r.bytes)} / ${mb(r.packed)}` : dash)],
  ["… one edit of one field, time", (p) => p.large?.one.all, ms],
  ["… one edit of one field, bytes (at 1,000 records)", (p) => p.large && `${mb(p.large.one.bytes)} (${mb(p.small?.one.bytes)})`, (t) => t ?? dash],
  ["… server ready after a restart", (p) => p.large?.ready, ms],
  ["… peak memory of the server", (p) => p.large?.load.peak, (n) => (n == null ? dash : `${n} MB`)],
];

function calls({ requests, messages }) {
  return messages > 0 ? `${Math.round(requests)} (${Math.round(messages)})` : plain(requests);
}

function files(evidence, options) {
  if (!evidence.some((e) => e.all)) return [];
  const line = (e) =>
    `| ${e.title} | ${e.durability} | ${ms(e.all)} | ${mb(e.again)} | ${plain(e.requests)} | ${ms(e.cpu)} | ${e.peak} MB |`;
  return [
    "",
    `A file of ${mb(options.evidence)} over a link that is cut three times:`,
    "",
    "| | Durability | Time | Sent beside the file once | Requests | Processor time of the server | Its peak memory |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...evidence.map(line),
  ];
}

/** What a record is on the wire, layer by layer. */
function layers(anatomy, { fields }) {
  if (!anatomy) return [];
  const more = (n, key) => (anatomy[n][key] - (anatomy[n - 1]?.[key] ?? 0)).toFixed(1);
  return [
    "",
    `What a record of ${fields} fields is on the wire, bytes for one, in the order in which it is wrapped:`,
    "",
    "| | Adds | Adds with gzip | In all | In all with gzip |",
    "| --- | --- | --- | --- | --- |",
    ...anatomy.map((a, n) => `| ${a.with} | ${more(n, "bytes")} | ${more(n, "packed")} | ${a.bytes} | ${a.packed} |`),
  ];
}

function unfinished(missed) {
  const all = Object.entries(missed);
  return all.length === 0 ? [] : ["", "Without a figure:", "", ...all.map(([who, why]) => `- ${who}: ${why}`)];
}

export function table({ peers, evidence, anatomy, missed, runs, options, machine, load, profile, minutes, when, commit, command }) {
  const all = Object.values(peers);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const { devices, records, fields, edits, conflicts, loss, large, reconnects } = options;
  const times = (stage) => Object.keys(peers).map((name) => runs[name][stage]).join("/");
  return [
    line(["", ...all.map((p) => p.title)]),
    line(["---", ...all.map(() => "---")]),
    line(["Durability", ...all.map((p) => p.durability)]),
    ...rows.map(([title, figure, write]) => line([title, ...all.map((p) => write(figure(p)))])),
    ...files(evidence, options),
    ...unfinished(missed),
    ...layers(anatomy, options),
    "",
    `${devices} devices × ${records} records × ${fields} fields; ${edits} edits; ${conflicts} records edited by all;`,
    `${loss} % of answers lost; large office of ${large} records, ${reconnects} reconnects each.`,
    `Medians of ${times("day")} runs in turns, on the bad link ${times("lossy")}, large office ${times("large")}.`,
    `${machine.cores} cores, ${machine.gigabytes} GB, node ${machine.node}; profile ${profile}; devices and server share the`,
    `machine; load ${load.median.toFixed(1)}, at worst ${load.worst.toFixed(1)}; ${minutes} minutes. ${when}, commit ${commit}.`,
    "",
    `    ${command}`,
    "",
  ].join("\n");
}

// Devices with PouchDB, in memory as Takar's are.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { obey, since } from "../line.mjs";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb-core")
  .plugin(require("pouchdb-adapter-memory"))
  .plugin(require("pouchdb-adapter-http"))
  .plugin(require("pouchdb-mapreduce"))
  .plugin(require("pouchdb-replication"));

let shape, work, url;
const devices = [];

function add() {
  const local = new PouchDB(`device${devices.length}`, { adapter: "memory" });
  // A pause between tries as Takar's engine makes it at first.
  devices.push({ local, remote: new PouchDB(`http://${url}/office`, { adapter: "http" }) });
  return devices.length - 1;
}

const typed = (from, to) =>
  work.records.slice(from, to).map(({ id, fields }) => ({ _id: id, ...fields }));

async function edit(device, edits) {
  for (const [record, field, value] of edits) {
    const doc = await device.local.get(work.records[record].id);
    await device.local.put({ ...doc, [field]: value });
  }
}

/** Replicates once, again and again if the link breaks. */
async function steadily(replicate) {
  for (;;) {
    try {
      return await replicate();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1000));
    }
  }
}

async function connect(which) {
  const started = performance.now();
  await Promise.all(which.map(({ local, remote }) => steadily(() => local.replicate.to(remote))));
  const push = since(started);
  await Promise.all(which.map(({ local, remote }) => steadily(() => local.replicate.from(remote))));
  return { push, all: since(started) };
}

async function state({ local }) {
  const { rows } = await local.allDocs({ include_docs: true, conflicts: true });
  const hash = createHash("sha256");
  let [differences, values] = [0, 0];
  for (const { doc } of rows) {
    const others = (doc._conflicts ?? []).sort();
    hash.update(JSON.stringify([doc._id, doc._rev, others]));
    differences += others.length > 0;
    values += others.length > 0 ? 1 + others.length : 0;
  }
  return { records: rows.length, digest: hash.digest("hex"), differences, values };
}

await obey({
  async open({ url: at, shape: of, work: file }) {
    [url, shape, work] = [at, of, JSON.parse(readFileSync(file, "utf8"))];
    for (let n = 0; n < shape.devices; n += 1) add();
    await devices[0].remote.info();
  },
  async type() {
    for (const [n, { local }] of devices.entries()) {
      await local.bulkDocs(typed(n * shape.records, (n + 1) * shape.records));
    }
  },
  async fill() {
    const started = performance.now();
    for (let from = 0; from < work.records.length; from += 1000) {
      await devices[0].local.bulkDocs(typed(from, from + 1000));
    }
    await devices[0].local.replicate.to(devices[0].remote);
    return { ms: since(started) };
  },
  edit: ({ device, edits }) => edit(devices[device], work.edits.slice(0, edits)),
  async conflict() {
    for (const [n, edits] of work.conflicts.entries()) await edit(devices[n], edits);
  },
  connect: ({ devices: which }) => connect(which.map((n) => devices[n])),
  disconnect() {},
  async first_load() {
    return connect([devices[add()]]);
  },
  async latency({ rounds }) {
    const [writer, reader] = devices;
    const live = [writer, reader].map(({ local, remote }) => local.sync(remote, { live: true, retry: true }));
    const ms = [];
    for (let round = 0; round < rounds; round += 1) {
      const id = work.records[round % work.records.length].id;
      const doc = await writer.local.get(id);
      const seen = new Promise((resolve) => {
        const changes = reader.local.changes({ since: "now", live: true });
        changes.on("change", (change) => change.id === id && (changes.cancel(), resolve()));
      });
      const started = performance.now();
      await writer.local.put({ ...doc, supporting: `putaran ${round}` });
      await seen;
      ms.push(since(started));
    }
    for (const sync of live) sync.cancel();
    return { ms };
  },
  async agreed() {
    const first = await state(devices[0]);
    for (const [n, device] of devices.entries()) {
      const found = await state(device);
      if (JSON.stringify(found) !== JSON.stringify(first)) {
        throw new Error(`device ${n} has ${JSON.stringify(found)}, device 0 ${JSON.stringify(first)}`);
      }
    }
    return { ...first, missing: work.records.length - first.records };
  },
});

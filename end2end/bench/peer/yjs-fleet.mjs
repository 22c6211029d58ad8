// Devices with one Yjs document: a map of records, each a map of fields.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { obey, since } from "../line.mjs";

const require = createRequire(import.meta.url);
const Y = require("yjs");
const { WebsocketProvider } = require("y-websocket");
const { WebSocket } = require("ws");

let shape, work, url;
const devices = [];

function add() {
  const doc = new Y.Doc();
  const options = { WebSocketPolyfill: WebSocket, connect: false, disableBc: true };
  devices.push({ doc, link: new WebsocketProvider(`ws://${url}`, "office", doc, options) });
  return devices.length - 1;
}

const records = (device) => device.doc.getMap("records");

function type(device, from, to) {
  for (const { id, fields } of work.records.slice(from, to)) {
    // One act, as one press is in Takar.
    device.doc.transact(() => records(device).set(id, new Y.Map(Object.entries(fields))));
  }
}

function edit(device, edits) {
  for (const [record, field, value] of edits) records(device).get(work.records[record].id).set(field, value);
}

/** What every one of these wrote: client to clock. */
function goal(which) {
  const clocks = new Map();
  for (const { doc } of which) {
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
      clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
    }
  }
  return clocks;
}

function reaches({ doc }, clocks) {
  return new Promise((resolve) => {
    const look = () => {
      for (const [client, clock] of clocks) if (Y.getState(doc.store, client) < clock) return;
      doc.off("update", look);
      resolve();
    };
    doc.on("update", look);
    look();
  });
}

/** Of the values that all wrote into the same fields, those that some document still shows. */
function readable() {
  const shows = (device, [record, field, value]) => {
    const found = records(device).get(work.records[record].id)?.get(field);
    return JSON.stringify(found) === JSON.stringify(value);
  };
  const kept = (edits) => edits.filter((edit) => devices.some((device) => shows(device, edit)));
  return work.conflicts.reduce((sum, edits) => sum + kept(edits).length, 0);
}

const synced = ({ link }) =>
  new Promise((resolve) => (link.synced ? resolve() : link.once("sync", resolve)));

async function connect(which, clocks = goal(which)) {
  const started = performance.now();
  for (const { link } of which) link.connect();
  await Promise.all(which.map((device) => Promise.all([synced(device), reaches(device, clocks)])));
  // The server tells nobody what it has stored.
  return { push: null, all: since(started) };
}

function disconnect(which) {
  for (const { link } of which) link.disconnect();
}

await obey({
  open({ url: at, shape: of, work: file }) {
    [url, shape, work] = [at, of, JSON.parse(readFileSync(file, "utf8"))];
    for (let n = 0; n < shape.devices; n += 1) add();
  },
  type() {
    for (const [n, device] of devices.entries()) type(device, n * shape.records, (n + 1) * shape.records);
  },
  async fill() {
    const started = performance.now();
    type(devices[0], 0, work.records.length);
    await connect([devices[0]]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    disconnect([devices[0]]);
    return { ms: since(started) };
  },
  edit: ({ device, edits }) => edit(devices[device], work.edits.slice(0, edits)),
  conflict() {
    for (const [n, edits] of work.conflicts.entries()) edit(devices[n], edits);
  },
  connect: ({ devices: which }) => connect(which.map((n) => devices[n])),
  disconnect: ({ devices: which }) => disconnect(which.map((n) => devices[n])),
  async first_load() {
    const clocks = goal([devices[0]]);
    const device = devices[add()];
    const times = await connect([device], clocks);
    disconnect([device]);
    return times;
  },
  async latency({ rounds }) {
    const [writer, reader] = devices;
    await connect([writer, reader]);
    const ms = [];
    for (let round = 0; round < rounds; round += 1) {
      const record = work.records[round % work.records.length].id;
      const started = performance.now();
      records(writer).get(record).set("supporting", `putaran ${round}`);
      await reaches(reader, goal([writer]));
      ms.push(since(started));
    }
    disconnect([writer, reader]);
    return { ms };
  },
  agreed() {
    const digest = (device) => {
      const all = Object.entries(records(device).toJSON()).sort(([a], [b]) => (a < b ? -1 : 1));
      const sorted = all.map(([id, fields]) => [id, Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))]);
      return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
    };
    const first = digest(devices[0]);
    for (const [n, device] of devices.entries()) {
      if (digest(device) !== first || records(device).size !== work.records.length) {
        throw new Error(`device ${n} has ${records(device).size} records and another state than device 0`);
      }
    }
    return { records: work.records.length, digest: first, differences: 0, values: readable() };
  },
});

import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { Device } from "../support/device.ts";

/** What `make replay` made: the executor as wasm, and what the simulator's databases were asked. */
const FOLDER = process.env.TAKAR_REPLAY ?? path.resolve(import.meta.dirname, "../../target/replay");
const TYPES: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm" };
const PAGE = "<!doctype html><title>Replay</title>";

async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? "");
    const type = TYPES[path.extname(name)] ?? "application/octet-stream";
    if (name === "") return void response.setHeader("Content-Type", "text/html").end(PAGE);
    readFile(path.join(FOLDER, name)).then(
      (bytes) => response.setHeader("Content-Type", type).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

test("the browser's database answers 100 runs of the simulator as the simulator's did", async () => {
  test.setTimeout(600_000);
  const server = await serve();
  const { port } = server.address() as AddressInfo;
  const device = await Device.open("replay", () => port);
  try {
    await device.page.goto(`${device.address}/`);
    const told = await device.page.evaluate(async () => {
      const { default: init, replay } = await import(new URL("/takar_replay.js", location.href).href);
      await init();
      const traces = await (await fetch("/traces.cbor")).arrayBuffer();
      return replay(new Uint8Array(traces)) as Promise<string>;
    });
    const [databases, asked] = told.split(" ").map(Number);
    console.log(`${databases} databases, asked ${asked} times`);
    expect(databases).toBeGreaterThanOrEqual(200);
    expect(asked).toBeGreaterThan(5_000);
  } finally {
    await device.close();
    server.close();
  }
});

// Who takes part: a server, a counting link before it, a fleet of devices.
import { execFileSync } from "node:child_process";
import { mkdtempSync, openSync, closeSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Program, since } from "./line.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

class Contender {
  /** `tools`: paths of the takar and takar-bench programs. */
  constructor(tools, shape) {
    this.tools = tools;
    this.shape = shape;
    this.folder = mkdtempSync(join(tmpdir(), "takar-bench-"));
  }

  /** An empty server, and devices that have signed in and lost the connection. */
  async open() {
    this.port = await freePort();
    await this.serve();
    this.proxy = new Program(this.tools.bench, ["proxy", `127.0.0.1:${this.port}`]);
    const { port } = JSON.parse(await this.proxy.line());
    this.url = `127.0.0.1:${port}`;
    await this.enlist();
    await this.counts();
  }

  /** Tells the devices what to do, and counts what that costs. They are without
   * a connection afterwards: a stream's bytes are counted when it ends. */
  async measured(what, args) {
    await this.counts();
    const used = () => [this.server.cpu(), this.fleet.cpu()];
    const before = used();
    const answer = await this.fleet.ask(what, args);
    const [cpu, deviceCpu] = used().map((ms, n) => ms - before[n]);
    const peak = this.server.peak();
    if (args?.devices) await this.fleet.ask("disconnect", args);
    return { ...answer, link: { ...(await this.counts()), cpu, deviceCpu }, peak };
  }

  ask(what, args) {
    return this.fleet.ask(what, args);
  }

  async counts() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { up, down, packed, ...rest } = await this.proxy.ask("take");
    return { ...rest, up, bytes: up + down, packed };
  }

  cut(after) {
    return this.proxy.ask("cut", { after });
  }

  lose(percent) {
    return this.proxy.ask("lose", { percent, seed: this.shape.seed });
  }

  /** Stops the server and starts it on the same data; ms until it answers. */
  async restart() {
    await this.server.stop();
    const started = performance.now();
    await this.serve();
    return since(started);
  }

  async close() {
    for (const program of [this.fleet, this.proxy, this.server]) await program?.stop("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export class Takar extends Contender {
  static title = "Takar";
  static durability = "SurrealKV, fsync before each answer (sync=every)";

  async serve() {
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", join(this.folder, "data")];
    this.server = new Program(this.tools.takar, args);
    await this.server.until(/http:\/\//);
  }

  async enlist() {
    const [, code] = await this.server.until(/^ {4}(\S+)$/);
    this.fleet = new Program(this.tools.bench, ["fleet"]);
    await this.fleet.ask("open", { url: `http://${this.url}`, code, shape: this.shape });
  }
}

/** The work as a file, since peers are written in another language. */
class Peer extends Contender {
  async enlist() {
    const work = join(this.folder, "work.json");
    const out = openSync(work, "w");
    execFileSync(this.tools.bench, ["work", JSON.stringify(this.shape)], { stdio: ["ignore", out, "inherit"] });
    closeSync(out);
    this.fleet = new Program(process.execPath, ["--max-old-space-size=8192", here(this.constructor.devices)]);
    await this.fleet.ask("open", { url: this.url, shape: this.shape, work });
  }
}

export class Pouch extends Peer {
  static title = "express-pouchdb 4.2";
  static durability = "LevelDB, written without fsync";
  static devices = "peer/pouch-fleet.mjs";

  async serve() {
    const args = [here("peer/pouch-server.mjs"), String(this.port), join(this.folder, "data")];
    this.server = new Program(process.execPath, args);
    await this.server.until(/ready/);
  }
}

/** Files only. */
export class Tus extends Contender {
  static title = "tus-js-client 4.3 with @tus/server 2.4";
  static durability = "files, written without fsync";

  async serve() {
    this.server = new Program(process.execPath, [here("peer/tus-server.mjs"), String(this.port), join(this.folder, "data")]);
    await this.server.until(/ready/);
  }

  async enlist() {
    const file = join(this.folder, "file");
    const out = openSync(file, "w");
    execFileSync(this.tools.bench, ["paper", String(this.shape.evidence)], { stdio: ["ignore", out, "inherit"] });
    closeSync(out);
    this.fleet = new Program(process.execPath, [here("peer/tus-fleet.mjs")]);
    await this.fleet.ask("open", { url: this.url, folder: join(this.folder, "data"), file });
  }
}

export class Yjs extends Peer {
  static title = "y-websocket 2.1";
  static durability = "y-leveldb (LevelDB), written after the answer and without fsync";
  static devices = "peer/yjs-fleet.mjs";

  async serve() {
    const env = { HOST: "127.0.0.1", PORT: String(this.port), YPERSISTENCE: join(this.folder, "data") };
    this.server = new Program(process.execPath, [here("node_modules/y-websocket/bin/server.cjs")], env);
    await this.server.until(/running/);
  }
}

import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");
const binary = process.env.TAKAR_BIN ?? path.join(root, "target/fast/takar");
export const builtSite = process.env.TAKAR_SITE ?? path.join(root, "target/site");

export interface OfficeOptions {
  /** The demo office (default), or an empty one that shows its first-run page. */
  demo?: boolean;
  /** Folder of the built app that it serves. */
  site?: string;
}

/** The real server on a database of its own; it can be killed and started again. */
export class Office {
  /** Everything the server printed, for the one-time code and for diagnosis. */
  log = "";
  port = 0;
  readonly #folder: string;
  readonly #demo: boolean;
  #site: string;
  #process: ChildProcess | undefined;

  private constructor(folder: string, options: OfficeOptions) {
    this.#folder = folder;
    this.#demo = options.demo ?? true;
    this.#site = options.site ?? builtSite;
  }

  static async open(options: OfficeOptions = {}): Promise<Office> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "takar-office-"));
    const office = new Office(folder, options);
    await office.start();
    return office;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get #data(): string {
    return path.join(this.#folder, "data");
  }

  /** Starts the server on the address it had before; `site` is a newer app, if any. */
  async start(site?: string): Promise<void> {
    this.#site = site ?? this.#site;
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.#data, "--site", this.#site];
    if (this.#demo) args.push("--demo");
    const server = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.#process = server;
    this.port = await new Promise<number>((resolve, reject) => {
      let printed = "";
      const read = (chunk: Buffer) => {
        printed += chunk;
        this.log += chunk;
        const address = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed);
        if (address) resolve(Number(address[1]));
      };
      server.stdout.on("data", read);
      server.stderr.on("data", read);
      server.once("error", reject);
      server.once("exit", (code) => reject(new Error(`takar ended with ${code}:\n${printed}`)));
    });
  }

  /** `kill -9`: nothing is flushed, nothing is said. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#process;
    this.#process = undefined;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill(signal);
    await gone;
  }

  /** Runs the program at the office's computer, while the server is stopped; gives what it prints. */
  async run(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(binary, [...args, "--data", this.#data]);
    return stdout;
  }

  /** A copy of the data folder, as a backup is made: while the server is stopped. */
  async backUp(): Promise<string> {
    const copy = path.join(this.#folder, "backup");
    await cp(this.#data, copy, { recursive: true });
    return copy;
  }

  async restore(copy: string): Promise<void> {
    await rm(this.#data, { recursive: true, force: true });
    await cp(copy, this.#data, { recursive: true });
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

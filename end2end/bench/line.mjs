// Programs that are told what to do line by line, in JSON.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** A running program. Its end before its time is an error. */
export class Program {
  constructor(command, args, env = {}) {
    this.name = [command, ...args].join(" ");
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "inherit"] });
    this.waiting = [];
    this.lines = [];
    this.ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.once("error", (error) => this.#fail(error));
    this.child.once("exit", (code, signal) => this.#fail(new Error(`${this.name} ended: ${code ?? signal}`)));
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      const next = this.waiting.shift();
      if (next) next.resolve(line);
      else this.lines.push(line);
    });
  }

  #fail(error) {
    this.failure = error;
    for (const next of this.waiting.splice(0)) next.reject(error);
  }

  /** The next line of its output. */
  line() {
    if (this.lines.length > 0) return Promise.resolve(this.lines.shift());
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** The first line to come that fits. */
  async until(pattern) {
    for (;;) {
      const found = pattern.exec(await this.line());
      if (found) return found;
    }
  }

  async ask(what, args = {}) {
    this.child.stdin.write(`${JSON.stringify({ do: what, ...args })}\n`);
    return JSON.parse(await this.line());
  }

  /** Its highest resident memory so far, in MB (Linux: VmHWM). */
  peak() {
    const status = readFileSync(`/proc/${this.child.pid}/status`, "utf8");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 102.4) / 10;
  }

  /** Processor time it has used, in ms (Linux). */
  cpu() {
    const [user, system] = readFileSync(`/proc/${this.child.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13);
    return (Number(user) + Number(system)) * 10;
  }

  async stop(signal = "SIGTERM") {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill(signal);
    await this.ended;
  }
}

/** Serves commands on standard input with the functions of `acts`. */
export async function obey(acts) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { do: what, ...args } = JSON.parse(line);
    const answer = await acts[what](args);
    process.stdout.write(`${JSON.stringify(answer ?? {})}\n`);
  }
  process.exit(0);
}

/** Milliseconds since `started`, to a tenth. */
export const since = (started) => Math.round((performance.now() - started) * 10) / 10;

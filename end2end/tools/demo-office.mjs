import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";

/**
 * Runs `work(address, open, stop)` beside a fresh demo office; `open(options)` gives
 * a page of a new browser, or of the one with that `profile` as it was left; `stop()`
 * ends the server. Ends all afterwards.
 */
export async function withDemoOffice(work) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "takar-tool-"));
  const args = ["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path.join(folder, "data"), "--site", process.env.TAKAR_SITE];
  const server = spawn(process.env.TAKAR_BIN, args, { stdio: ["ignore", "pipe", "inherit"] });
  const browsers = [];
  try {
    const address = await new Promise((resolve, reject) => {
      server.once("exit", (code) => reject(new Error(`takar ended with ${code}`)));
      server.stdout.on("data", (chunk) => {
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk);
        if (found) resolve(found[0]);
      });
    });
    const open = async ({ args: more = [], profile = `profile-${browsers.length}`, ...options } = {}) => {
      const browser = await chromium.launchPersistentContext(path.join(folder, profile), {
        executablePath: process.env.TAKAR_CHROMIUM,
        args: ["--no-sandbox", "--disable-gpu", ...more],
        locale: "id-ID",
        timezoneId: "Asia/Jakarta",
        ...options,
      });
      browsers.push(browser);
      return browser.pages()[0];
    };
    const stop = async () => {
      server.removeAllListeners("exit");
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await ended;
    };
    return await work(address, open, stop);
  } finally {
    for (const browser of browsers) await browser.close();
    server.removeAllListeners("exit");
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

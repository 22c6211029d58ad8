// Lighthouse for a phone on the sign-in page and on Isi data, against the real
// server with the demo office. Prints the figures; fails below the promised ones.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromium } from "@playwright/test";
import lighthouse from "lighthouse";

const LEAST = { performance: 90, accessibility: 95, "best-practices": 95 };
const DEBUG_PORT = 9333;

async function startOffice(folder) {
  const args = ["serve", "--demo", "--listen", "127.0.0.1:0", "--data", path.join(folder, "data"), "--site", process.env.TAKAR_SITE];
  const server = spawn(process.env.TAKAR_BIN, args, { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`takar ended with ${code}`)));
    server.stdout.on("data", (chunk) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk);
      if (found) resolve(found[0]);
    });
  });
  return { server, address };
}

async function measure(title, url) {
  const { lhr } = await lighthouse(url, {
    port: DEBUG_PORT,
    disableStorageReset: true,
    onlyCategories: Object.keys(LEAST),
    logLevel: "error",
  });
  let good = true;
  for (const [id, least] of Object.entries(LEAST)) {
    const score = Math.round((lhr.categories[id].score ?? 0) * 100);
    console.log(`${title.padEnd(10)} ${id.padEnd(15)} ${score} (at least ${least})`);
    if (score >= least) continue;
    good = false;
    const weak = lhr.categories[id].auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 0.9);
    for (const { id: audit } of weak) console.log(`    ${audit}: ${lhr.audits[audit].displayValue ?? lhr.audits[audit].title}`);
  }
  return good;
}

const folder = await mkdtemp(path.join(os.tmpdir(), "takar-lighthouse-"));
const { server, address } = await startOffice(folder);
const browser = await chromium.launchPersistentContext(path.join(folder, "profile"), {
  executablePath: process.env.TAKAR_CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${DEBUG_PORT}`],
});
try {
  const signIn = await measure("Masuk", `${address}/masuk`);
  const page = browser.pages()[0];
  await page.goto(address);
  await page.getByRole("button", { name: /Staf lapangan/ }).click();
  await page.getByRole("link", { name: /Isi data/ }).first().click();
  await page.waitForURL(/\/isi\//);
  const entry = await measure("Isi data", page.url());
  process.exitCode = signIn && entry ? 0 : 1;
} finally {
  await browser.close();
  server.kill();
  await rm(folder, { recursive: true, force: true });
}

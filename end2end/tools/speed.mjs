// How soon the app can be used without a connection, and how soon a key is a draft
// on the device, in Chromium slowed down four times: the real app from the real
// server, whose end is what takes the connection away. Writes the figures as JSON
// and as a table; says what is missed.
//   node speed.mjs --starts 15 --keys 400 --slow 4 --out ../bench/results

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { withDemoOffice } from "./demo-office.mjs";

const number = (value) => ({ type: "string", default: String(value) });
const { values: given } = parseArgs({
  options: {
    starts: number(15),
    keys: number(400),
    slow: number(4),
    out: { type: "string", default: fileURLToPath(new URL("../bench/results", import.meta.url)) },
  },
});
const [starts, keys, slow] = [given.starts, given.keys, given.slow].map(Number);

/** The promised figures, in ms. */
const USABLE = 1000;
const DRAFT = 16;
/** Between two keys, in ms: twice as fast as people type numbers. */
const PACE = 80;
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true };
const LAPTOP = { viewport: { width: 1280, height: 800 } };

/** Where people type: the card of one indicator on a phone, the grid on a laptop. */
const places = [
  { title: "phone, card of an indicator", role: /^Staf lapangan/, options: PHONE, card: true },
  { title: "laptop, grid of a unit", role: /^Kasi Pemerintahan/, options: LAPTOP, card: false },
];

/** Runs in every page before the app: notes what this tool asks for later. */
function watch() {
  const DRAFT_ROW = "takar.draft/";
  const times = { usable: null, keys: [] };
  globalThis.takarTimes = times;

  const field = () => document.querySelector("main input:not([disabled]):not([type=checkbox]):not([type=radio])");
  const seen = new MutationObserver(() => {
    if (!field()) return;
    seen.disconnect();
    // Drawn: a frame that began afterwards, and what it put on the screen.
    requestAnimationFrame(() => setTimeout(() => (times.usable = performance.now())));
  });
  seen.observe(document, { childList: true, subtree: true });

  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function setItem(key, value) {
    put.call(this, key, value);
    const pressed = times.keys.at(-1);
    if (key.startsWith(DRAFT_ROW) && pressed && pressed.draft === undefined) pressed.draft = performance.now() - pressed.at;
  };
  addEventListener(
    "keydown",
    (event) => {
      const pressed = { at: event.timeStamp };
      times.keys.push(pressed);
      requestAnimationFrame(() => setTimeout(() => (pressed.frame = performance.now() - pressed.at)));
    },
    true,
  );
}

async function slowed(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
  return page;
}

const input = (page) => page.getByRole("main").getByRole("textbox", { name: /^Realisasi/ }).first();

/** Signs in, goes where people type and lets the app install itself. Gives the route. */
async function prepare(page, address, { role, card }) {
  await page.goto(address);
  await page.getByRole("heading", { name: "Kecamatan Contoh" }).waitFor();
  await page.getByRole("button", { name: role }).click();
  await page.getByRole("navigation", { name: "Menu utama" }).getByRole("link", { name: /^Isi data/ }).click();
  await page.getByRole("heading", { level: 1, name: /^Isi data / }).waitFor();
  if (card) await page.getByRole("link", { name: "Keluhan belum tertangani" }).click();
  await input(page).waitFor();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  return page.url();
}

/** One start of the browser without a connection; ms from the address to a field on the screen. */
async function start(open, profile, { options }, url) {
  const page = await open({ profile, ...options });
  await page.context().addInitScript(watch);
  await slowed(page);
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.takarTimes?.usable !== null, undefined, { polling: 50 });
  const usable = await page.evaluate(() => globalThis.takarTimes.usable);
  // Usable it was if what is typed now is a draft.
  await input(page).fill("7");
  await page.waitForFunction(() => Object.keys(localStorage).some((key) => key.startsWith("takar.draft/")));
  await page.context().close();
  return usable;
}

/** Types numbers; ms from each key to the draft in the device's storage, and to the frame after it. */
async function type(open, profile, { options }, url) {
  const page = await open({ profile, ...options });
  await page.context().addInitScript(watch);
  await slowed(page);
  await page.goto(url);
  await input(page).click();
  for (let n = 0; n < keys; n += 1) {
    const erase = n % 8 >= 4;
    await page.keyboard.press(erase ? "Backspace" : String((n * 7) % 9 + 1), { delay: 20 });
    await page.waitForTimeout(PACE - 20);
  }
  const found = await page.evaluate(() => globalThis.takarTimes.keys);
  await page.context().close();
  const typed = found.filter((key) => key.draft !== undefined);
  if (typed.length < keys * 0.95) throw new Error(`${typed.length} of ${keys} keys became drafts`);
  return { draft: typed.map((key) => key.draft), frame: typed.map((key) => key.frame).filter((ms) => ms !== undefined) };
}

function figures(ms) {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (part) => Math.round(sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] * 10) / 10;
  return { count: sorted.length, median: at(0.5), p99: at(0.99), worst: at(1) };
}

const result = await withDemoOffice(async (address, open, stop) => {
  const urls = [];
  for (const [nth, place] of places.entries()) {
    const page = await open({ profile: `place-${nth}`, ...place.options });
    urls.push(await prepare(page, address, place));
    // What is put together once per version is kept beside the first page.
    await page.waitForFunction(async () => await caches.has("code"));
    await page.context().close();
  }
  await stop();
  const found = [];
  for (const [nth, place] of places.entries()) {
    const usable = [];
    for (let n = 0; n < starts; n += 1) usable.push(await start(open, `place-${nth}`, place, urls[nth]));
    const { draft, frame } = await type(open, `place-${nth}`, place, urls[nth]);
    found.push({ title: place.title, usable: figures(usable), draft: figures(draft), frame: figures(frame) });
    console.log(`${place.title}: load ${loadavg()[0].toFixed(1)}`);
  }
  return found;
});

const dash = (n) => `${n} ms`;
const line = (title, f, target) => `| ${title} | ${f.count} | ${dash(f.median)} | ${dash(f.p99)} | ${dash(f.worst)} | ${target} |`;
const table = [
  `| ${slow} × slower, without a connection | Times | Median | 99 of 100 | Worst | Target |`,
  "| --- | --- | --- | --- | --- | --- |",
  ...result.flatMap(({ title, usable, draft, frame }) => [
    line(`${title}: from the address to a field on the screen`, usable, `${USABLE} ms, median`),
    line("… from a key to its draft in the device's storage", draft, `${DRAFT} ms, 99 of 100`),
    line("… from a key to the frame that shows it", frame, "–"),
  ]),
  "",
  `A new browser process for each start, on a profile where the app was used before; the server has ended.`,
  `The app's thread is slowed, its service worker is not. Load ${loadavg()[0].toFixed(1)}.`,
  "",
].join("\n");
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
const when = new Date().toISOString().slice(0, 10);
mkdirSync(given.out, { recursive: true });
writeFileSync(join(given.out, "speed.json"), `${JSON.stringify({ when, commit, slow, load: loadavg()[0], places: result }, null, 1)}\n`);
writeFileSync(join(given.out, "speed.md"), table);
console.log(table);

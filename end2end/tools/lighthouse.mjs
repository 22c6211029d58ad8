// Lighthouse for a phone on the sign-in page and on Isi data, against the real
// server with the demo office. Prints the figures; fails below the promised ones.

import lighthouse from "lighthouse";

import { withDemoOffice } from "./demo-office.mjs";

const LEAST = { performance: 90, accessibility: 95, "best-practices": 95 };
const TIMES = ["first-contentful-paint", "largest-contentful-paint", "speed-index", "total-blocking-time"];
const DEBUG_PORT = 9333;

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
  const times = TIMES.map((id) => `${id} ${Math.round(lhr.audits[id].numericValue)} ms`);
  console.log(`${title.padEnd(10)} ${times.join(", ")}`);
  return good;
}

process.exitCode = await withDemoOffice(async (address, open) => {
  const page = await open({ args: [`--remote-debugging-port=${DEBUG_PORT}`] });
  const signIn = await measure("Masuk", `${address}/masuk`);
  await page.goto(address);
  await page.getByRole("button", { name: /^Staf lapangan/ }).click();
  await page.getByRole("link", { name: /Isi data/ }).first().click();
  await page.waitForURL(/\/isi\//);
  const entry = await measure("Isi data", page.url());
  return signIn && entry ? 0 : 1;
});

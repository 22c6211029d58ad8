// The pictures of the README, from a fresh demo office: node tools/screens.mjs

import path from "node:path";

import { withDemoOffice } from "./demo-office.mjs";

const folder = path.resolve(import.meta.dirname, "../screens");
const LAPTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2, hasTouch: true };

async function signIn(page, address, person) {
  await page.goto(address);
  await page.getByRole("button", { name: new RegExp(`^${person}`) }).click();
  await page.locator('[role="status"][data-state="green"]').waitFor();
}

function menu(page, words) {
  return page.getByRole("navigation", { name: "Menu utama" }).getByRole("link", { name: new RegExp(`^${words}`) });
}

async function picture(page, name) {
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.screenshot({ path: path.join(folder, name), animations: "disabled" });
}

await withDemoOffice(async (address, open) => {
  const laptop = await open(LAPTOP);
  await signIn(laptop, address, "Kasi Pemerintahan");
  await menu(laptop, "Isi data").click();
  await laptop.getByRole("table").waitFor();
  await picture(laptop, "isi-data.png");
  await menu(laptop, "Angka berbeda").click();
  await laptop.getByRole("link", { name: /^Lihat: / }).click();
  await laptop.getByRole("button", { name: /^Gunakan/ }).first().waitFor();
  await picture(laptop, "angka-berbeda.png");
  await menu(laptop, "Rekap capaian").click();
  await laptop.getByRole("table").first().waitFor();
  await picture(laptop, "rekap.png");

  const phone = await open(PHONE);
  await signIn(phone, address, "Staf lapangan");
  await menu(phone, "Isi data").click();
  await phone.getByRole("link", { name: "Nagari tertib administrasi" }).click();
  await phone.getByRole("switch", { name: /^Putuskan sambungan/ }).click();
  await phone.getByRole("checkbox", { name: /^Nagari Contoh P/ }).uncheck();
  await phone.getByRole("checkbox", { name: /^Nagari Contoh N/ }).scrollIntoViewIfNeeded();
  await picture(phone, "isi-data-hp.png");
});
